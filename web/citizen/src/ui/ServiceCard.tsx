/** One service in a list. */
import type { ServiceSummary } from '@/api/types'
import { limitText } from '@/domain/due'
import { visitText } from '@/domain/guide'
import { go } from '@/state/nav'
import { Box, Button, Part, Text } from './kit'
import { Icon } from './Icon'

export function ServiceCard({ service }: { service: ServiceSummary }) {
  return (
    <Box as="li" className="cards-item">
      <Button kind="bare" className="card" onPress={() => go('guide', { code: service.code })}>
        <Part className="card-main">
          <Text className="card-title">{service.name}</Text>
          <Text className="card-words">{service.summary}</Text>
          <Text className="card-facts">{[limitText(service.promised_days), service.fee_text, visitText(service.visits)].join(' · ')}</Text>
        </Part>
        <Icon name="next" className="card-go" />
      </Button>
    </Box>
  )
}
