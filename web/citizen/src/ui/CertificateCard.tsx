/** A certificate, as a card; what is to be scanned stands in its middle. */
import type { ReactNode } from 'react'
import { rowsOf, stateOn, type Card } from '@/domain/card'
import { grouped } from '@shared/caseNo'
import { CERTIFICATE_STATE_NAMES } from '@shared/vocabulary'
import { Box, Text } from './kit'
import { Rows } from './Rows'

export function CertificateCard({ card, children }: { card: Card; children?: ReactNode }) {
  const state = stateOn(card)
  return (
    <Box className={`certificate certificate-${state}`}>
      <Text className="certificate-name">{card.type}</Text>
      <Text className="certificate-state">{CERTIFICATE_STATE_NAMES[state]}</Text>
      {children}
      <Text className="certificate-no">{grouped(card.number)}</Text>
      <Rows rows={rowsOf(card)} />
    </Box>
  )
}
