/** Where and until when somebody may turn against a no, as the event that told it has it (docs/decisions.md). */
import type { TimelineEntry } from '@/api/types'
import { AWAITED, chineseDay } from '@shared/days'
import { PERIODS } from '@shared/vocabulary'

interface Appeal { reviewed_by: string; court: string; received: string; reconsider_by: string; sue_by: string; provisional: boolean; said: string }

/** The rows of it; none where the event tells none. */
export function appealRows(entry: TimelineEntry | undefined): [string, string][] {
  const way = entry?.data?.appeal as Appeal | undefined
  if (!way) return []
  const last = `${chineseDay(way.received)}收到的，申请行政复议的最后一日是${chineseDay(way.reconsider_by)}，提起行政诉讼的最后一日是${chineseDay(way.sue_by)}`
  return [
    ['行政复议', `收到决定之日起${PERIODS.RECONSIDERATION}内，向${way.reviewed_by}申请`],
    ['行政诉讼', `收到决定之日起${PERIODS.LITIGATION_MONTHS}内，向${way.court}提起`],
    ['最后一日', `${last}${way.provisional ? AWAITED : ''}`],
  ]
}

/** What was decided against somebody, and why, in one sentence. */
export function refusalText(entry: TimelineEntry | undefined, statusName: string): string {
  const { reason, verdict } = entry?.data ?? {}
  return `${reason ? `${String(verdict ?? statusName)}：${String(reason)}` : (entry?.text ?? statusName)}`.replace(/。$/, '') + '。'
}

/** That a certificate was revoked, and why; without a reason where another case's story has it. */
export function revokedText(entry: TimelineEntry | undefined, type: string): string {
  return refusalText(entry?.data?.reason ? { ...entry, data: { ...entry.data, verdict: `${type}已注销` } } : undefined, `${type}已注销`)
}

/** The conditions a refusal named as not met, as the service words them. */
export function unmetOf(entry: TimelineEntry | undefined): string[] {
  return (entry?.data?.unmet as string[] | undefined) ?? []
}

/** What the story says of an entry: the way to appeal stands by itself, above it. */
export function storyText(entry: TimelineEntry): string {
  const way = entry.data?.appeal as Appeal | undefined
  return way ? entry.text.replace(`。${way.said}`, '') : entry.text
}
