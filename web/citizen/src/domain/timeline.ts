/** The story of a case, asked for one event. */
import type { Case, TimelineEntry } from '@/api/types'
import type { EventName } from '@shared/vocabulary'

/** The last time this happened. */
export function lastOf(data: Pick<Case, 'timeline'>, event: EventName): TimelineEntry | undefined {
  return [...data.timeline].reverse().find((entry) => entry.event === event)
}
