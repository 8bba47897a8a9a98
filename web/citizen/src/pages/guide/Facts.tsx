/** Time, fee, visits and result at one glance. */
import type { Service } from '@/api/types'
import { limitText } from '@/domain/due'
import { visitText } from '@/domain/guide'
import { Box, Text } from '@/ui/kit'

export function Facts({ service }: { service: Service }) {
  const facts: [string, string, string][] = [
    ['多久办好', limitText(service.promised_days), service.statutory_days > service.promised_days ? `法律规定${service.statutory_days}个工作日${service.statutory_basis ? `（${service.statutory_basis}）` : ''}` : ''],
    ['多少钱', service.fee_text, ''],
    ['跑几次', visitText(service.visits), service.visits_reason ?? ''],
    ['办好拿到', service.result.name, service.result.electronic ? '有电子版' : ''],
  ]
  return (
    <Box className="facts">
      {facts.map(([name, value, note]) => (
        <Box key={name} className="fact">
          <Text className="fact-name">{name}</Text>
          <Text className="fact-value">{value}</Text>
          {note ? <Text className="fact-note">{note}</Text> : null}
        </Box>
      ))}
    </Box>
  )
}
