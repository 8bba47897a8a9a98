/** What it will cost, by the form as it stands. */
import type { Service } from '@/api/types'
import { useFee } from '@/state/useFee'
import { Box, Heading, Text } from '@/ui/kit'
import { FeePart } from '@/ui/FeePart'
import { tidy, type Field, type Values } from '@shared/form'

export function Cost({ service, fields, form }: { service: Service; fields: Field[]; form: Values }) {
  const fee = useFee(service, Object.fromEntries(fields.map((field) => [field.name, tidy(field, form[field.name])])))
  if (!service.fee) return null
  return (
    <Box as="section" className="cost" live="polite">
      <Heading level={3} className="section-title">要缴多少</Heading>
      {fee ? <FeePart fee={fee} /> : <Text className="field-ask">{service.fee_text}，填好有关的项就能看到。</Text>}
      <Text className="field-ask">准予后再缴，以作出决定时登记的内容和交的证明为准。</Text>
    </Box>
  )
}
