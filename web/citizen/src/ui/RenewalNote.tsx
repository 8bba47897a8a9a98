/** Under a certificate: whether it can be renewed, until when, and the way there. */
import type { Card } from '@/domain/card'
import { stateOn } from '@/domain/card'
import { renewalWords } from '@/domain/renewal'
import { go } from '@/state/nav'
import { Button, Text } from './kit'
import { Note } from './Note'

export function RenewalNote({ card }: { card: Card }) {
  if (!card.renewal || stateOn(card) !== 'valid') return null
  const { words, may } = renewalWords(card.renewal)
  if (!may) return <Text className="field-ask">{words}</Text>
  return (
    <>
      <Note kind="warn">{words}</Note>
      <Button kind="plain" className="btn-block" onPress={() => go('apply', { code: card.service, renews: card.number, from: card.caseNo })}>申请延续</Button>
    </>
  )
}
