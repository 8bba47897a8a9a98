/** What was filed: the answers and the materials, folded away. */
import type { Case } from '@/api/types'
import { useCaseService } from '@/state/useCaseService'
import { Fold } from '@/ui/kit'
import { Rows } from '@/ui/Rows'
import { fieldsOf, shown, type Value } from '@shared/form'
import { DELIVERY_METHOD_NAMES } from '@shared/vocabulary'

export function Filed({ data }: { data: Case }) {
  const service = useCaseService(data)
  const fields = fieldsOf(service.data?.form).filter((field) => data.form && field.name in data.form)
  const form = fields.map((field): [string, string] => [field.title, shown(field, data.form?.[field.name] as Value, '未填写')])
  const materials = (data.materials ?? []).map((material): [string, string] => [material.name ?? material.code, '已交'])
  const way = data.delivery
  const delivery: [string, string][] = way
    ? [['领取方式', DELIVERY_METHOD_NAMES[way.method]], ...(way.address ? [['收件地址', way.address] as [string, string]] : [])]
    : []
  const rows = [...form, ...materials, ...delivery]
  if (!rows.length) return null
  return <Fold summary="我提交的内容" className="panel"><Rows rows={rows} /></Fold>
}
