/** Step two: the materials this applicant needs, judged by the answers of step one. */
import { toHandIn, type HandedFile } from '@/domain/draft'
import { Box, Text } from '@/ui/kit'
import { MaterialUpload } from '@/ui/MaterialUpload'
import { Note } from '@/ui/Note'
import { materialsFor } from '@shared/materials'
import type { StepProps } from './types'

export function MaterialsStep({ service, editing, faults, busy }: StepProps & { busy: (change: 1 | -1) => void }) {
  const { draft, change } = editing
  const all = materialsFor(service, draft.form)
  const asked = toHandIn(all)
  const free = all.filter((material) => material.source === 'government')
  const missing = asked.filter((material) => material.need === 'required' && !draft.materials.some((file) => file.code === material.code))
  const add = (file: HandedFile) => change((old) => ({ materials: [...old.materials, file] }))
  const drop = (id: string) => change((old) => ({ materials: old.materials.filter((file) => file.material_id !== id) }))
  return (
    <Box className="panel">
      {asked.length ? <Text className="field-ask">用手机拍清楚就行。支持照片、PDF，每个不超过10MB。</Text> : <Note kind="good">这件事不用您交任何材料，直接点“下一步”。</Note>}
      {asked.map((material) => (
        <MaterialUpload
          key={material.code}
          material={material}
          files={draft.materials.filter((file) => file.code === material.code)}
          onAdd={add}
          onDrop={drop}
          busy={busy}
        />
      ))}
      {faults.uploading ? <Box id="uploading"><Note kind="warn">{faults.uploading}</Note></Box> : null}
      {missing.length ? <Note>还缺{missing.map((material) => material.name).join('、')}。手边没有也可以先提交，之后在“我的办件”里补交。</Note> : null}
      {free.length ? <Text className="materials-free">不用您交，我们自己查：{free.map((material) => material.name).join('、')}</Text> : null}
    </Box>
  )
}
