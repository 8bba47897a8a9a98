/** Where a case stands, in a word and a colour. */
import type { Status } from '@shared/vocabulary'
import { Text } from './kit'

type Tone = 'going' | 'act' | 'good' | 'bad' | 'off'

const TONES: Record<Status, Tone> = {
  submitted: 'going',
  correction: 'act',
  accepted: 'going',
  in_review: 'going',
  suspended: 'going',
  granted: 'good',
  denied: 'bad',
  not_accepted: 'bad',
  awaiting_payment: 'act',
  producing: 'going',
  delivering: 'going',
  ready_for_pickup: 'act',
  delivered: 'good',
  closed: 'good',
  withdrawn: 'off',
  void: 'off',
}

export function StatusTag({ status, name }: { status: Status; name: string }) {
  return <Text className={`status status-${TONES[status]}`}>{name}</Text>
}
