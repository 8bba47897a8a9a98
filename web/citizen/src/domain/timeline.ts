/** The story of a case, asked for one event. */
import type { Case, TimelineEntry } from '@/api/types'
import { dayText } from '@/domain/due'
import type { EventName } from '@shared/vocabulary'

/** The last time this happened. */
export function lastOf(data: Pick<Case, 'timeline'>, event: EventName): TimelineEntry | undefined {
  return [...data.timeline].reverse().find((entry) => entry.event === event)
}

/** Which special procedure a case is in, why and until when; '' where it is in none. */
export function procedureText(data: Pick<Case, 'status' | 'timeline'>, now: number = Date.now()): string {
  const { procedure, reason, due, held_on: heldOn, place } = (data.status === 'suspended' && lastOf(data, 'suspended')?.data) || {}
  if (!procedure) return ''
  const held = heldOn ? `，${dayText(String(heldOn), now)}举行（${String(place)}）` : ''
  return `正在依法进行${String(procedure)}：${String(reason).replace(/。$/, '')}${held}，到${dayText(String(due), now)}为止。提前结束的，接着办理。`
}
