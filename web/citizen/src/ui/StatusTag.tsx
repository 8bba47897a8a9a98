/** Where a case stands, in a word and a colour. */
import { STATUS_TONES, type Status } from '@shared/vocabulary'
import { Text } from './kit'

export function StatusTag({ status, name }: { status: Status; name: string }) {
  return <Text className={`status status-${STATUS_TONES[status]}`}>{name}</Text>
}
