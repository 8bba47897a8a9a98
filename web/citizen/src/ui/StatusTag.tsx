/** Where a case stands, in a word and a colour. */
import type { Status } from '@/api/types'
import { Text } from './kit'

const LOOKS: Partial<Record<Status, string>> = {
  correction: 'act',
  awaiting_payment: 'act',
  ready_for_pickup: 'act',
  granted: 'good',
  delivered: 'good',
  closed: 'good',
  denied: 'bad',
  not_accepted: 'bad',
  withdrawn: 'off',
  void: 'off',
}

export function StatusTag({ status, name }: { status: Status; name: string }) {
  return <Text className={`status status-${LOOKS[status] ?? 'going'}`}>{name}</Text>
}
