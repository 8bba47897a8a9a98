/** Questions about the citizen's situation, and the materials that remain. */
import { getService } from '@/api'
import type { Material, Service } from '@/api/types'
import { NEED_NAMES } from '@/domain/guide'
import { useLoad } from '@/state/useLoad'
import { Box, Heading, One, Text } from '@/ui/kit'
import { materialsFor } from '@shared/materials'

interface Props {
  service: Service
  answers: Record<string, string>
  onAnswers: (answers: Record<string, string>) => void
}

export function MaterialsPart({ service, answers, onAnswers }: Props) {
  const given = JSON.stringify(answers)
  const narrowed = useLoad(given === '{}' ? null : () => getService(service.code, { answers }), [service.code, given])
  const materials = given === '{}' ? service.materials : (narrowed.data?.materials ?? materialsFor(service, answers))
  const mine = materials.filter((material) => material.source === 'self')
  const ours = materials.filter((material) => material.source === 'government')
  return (
    <Box as="section" className="panel">
      <Heading level={2} className="section-title">要准备什么</Heading>
      {service.situations.length ? <Text className="field-ask">回答几个问题，只看您需要的材料。</Text> : null}
      {service.situations.map((situation) => (
        <One key={situation.id} id={`situation-${situation.id}`} legend={situation.question} options={situation.options} value={answers[situation.id]} onChange={(value) => onAnswers({ ...answers, [situation.id]: value })} look="chips" />
      ))}
      <Box live="polite" className="materials-count"><Text>{mine.length ? `您要准备${mine.length}份材料：` : '您不用准备任何材料。'}</Text></Box>
      <Box as="ol" className="materials">{mine.map((material) => <Row key={material.code} material={material} />)}</Box>
      {ours.length ? <Text className="materials-free">不用您交，我们自己查：{ours.map((material) => material.name).join('、')}</Text> : null}
    </Box>
  )
}

function Row({ material }: { material: Material }) {
  return (
    <Box as="li" className="material">
      <Text className="material-name">{material.name}</Text>
      <Text className={`tag tag-${material.need}`}>{NEED_NAMES[material.need]}</Text>
      <Text className="material-note">{[FORMS[material.form], material.format, material.note].filter(Boolean).join('，')}</Text>
    </Box>
  )
}

const FORMS: Record<Material['form'], string> = { original: '原件拍照', copy: '复印件', electronic: '电子文件' }
