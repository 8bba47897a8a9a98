/** Step four: everything once more, before it is sent. */
import { toHandIn } from '@/domain/draft'
import { Box, Button, Check, Heading } from '@/ui/kit'
import { Frame } from '@/ui/FieldView'
import { Rows } from '@/ui/Rows'
import { shown, type Field } from '@shared/form'
import { materialsFor } from '@shared/materials'
import { DELIVERY_METHOD_NAMES } from '@shared/vocabulary'
import { Cost } from '../Cost'
import type { StepProps } from './types'

interface Props extends StepProps {
  fields: Field[]
  agreed: boolean
  onAgree: (agreed: boolean) => void
  onEdit: (step: number) => void
}

export function ReviewStep({ service, editing, fields, faults, agreed, onAgree, onEdit }: Props) {
  const { draft, change } = editing
  const { delivery, contact, agent } = draft
  const materials = toHandIn(materialsFor(service, draft.form))
  const handed = (code: string) => draft.materials.filter((file) => file.code === code).length
  const way: [string, string][] = [
    ['联系手机', contact.phone],
    ...(contact.name ? [['联系人', contact.name] as [string, string]] : []),
    ['领取方式', delivery.method ? DELIVERY_METHOD_NAMES[delivery.method] : '未选择'],
    ...(delivery.method === 'courier' ? ([['收件人', `${delivery.name} ${delivery.phone}`], ['收件地址', delivery.address]] as [string, string][]) : []),
    ...(agent ? ([['代办人', `${agent.name} ${agent.phone}`]] as [string, string][]) : []),
  ]
  return (
    <>
      <Part title="填写的信息" onEdit={() => onEdit(0)} rows={fields.map((field) => [field.title, shown(field, draft.form[field.name], '未填写')])} />
      {materials.length ? (
        <Part title="材料" onEdit={() => onEdit(1)} rows={materials.map(({ code, name }) => [name, handed(code) ? `已传${handed(code)}个` : '还没传，可以后补'])} />
      ) : null}
      <Part title="领取和联系" onEdit={() => onEdit(2)} rows={way} />
      {service.fee ? <Box className="panel"><Cost service={service} fields={fields} form={draft.form} /></Box> : null}
      <Box className="panel">
        <Frame id="agreed" fault={faults.agreed}>
          <Check id="agreed" checked={agreed} onChange={onAgree}>我已核对，内容真实，愿意承担相应责任</Check>
        </Frame>
        <Check id="consent" checked={draft.consent} onChange={(consent) => change(() => ({ consent }))}>同意以后办事时，用这次填写的内容自动填写（可不选）</Check>
      </Box>
    </>
  )
}

function Part({ title, rows, onEdit }: { title: string; rows: [string, string][]; onEdit: () => void }) {
  return (
    <Box as="section" className="panel">
      <Box className="review-head">
        <Heading level={3} className="section-title">{title}</Heading>
        <Button kind="text" label={`修改${title}`} onPress={onEdit}>修改</Button>
      </Box>
      <Rows rows={rows} />
    </Box>
  )
}
