/** Where a case stands, in a word and a colour. */
import { toneOf } from '@shared/statuses'
import type { Status } from '@shared/vocabulary'
import { Text } from './kit'

export function StatusTag({ status, name }: { status: Status; name: string }) {
  return <Text className={`status status-${toneOf({ status, status_name: name })}`}>{name}</Text>
}
