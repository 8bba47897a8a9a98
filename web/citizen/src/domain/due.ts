/** Days and promises in words. */
import { chineseDay, daysBetween, today, wallTime } from '@shared/days'
import { undecided, type Decided } from '@shared/statuses'
import type { Status } from '@shared/vocabulary'

/** `2026-12-06` (or a whole time) → `12月6日`, with the year when it is another than this. */
export function dayText(day: string, now: number = Date.now()): string {
  const local = day.length > 10 ? wallTime(day) : day
  return chineseDay(local).replace(`${today(now).slice(0, 4)}年`, '')
}

/** A whole time → `12月6日 09:05`. */
export function timeText(at: string, now: number = Date.now()): string {
  const clock = wallTime(at)
  return clock === at ? at : `${dayText(at, now)} ${clock.slice(11)}`
}

export type Lamp = 'normal' | 'near' | 'over' | 'done'

const AFTER: Record<Decided, string> = {
  granted: '已准予，正在安排送达',
  awaiting_payment: '已准予，请缴费',
  producing: '已准予，正在制证',
  delivering: '已准予，正在寄送',
  ready_for_pickup: '已准予，可以领取',
  delivered: '已办结',
  closed: '已办结',
  denied: '已办结',
  not_accepted: '已办结',
  withdrawn: '已撤回，不再办理',
  void: '已作废',
}

/** Say how the promise stands, and how urgent that is. */
export function promise(status: Status, promisedBy: string, now: number = Date.now()): { text: string; lamp: Lamp } {
  if (!undecided(status)) return { text: AFTER[status], lamp: 'done' }
  const day = dayText(promisedBy, now)
  if (status === 'suspended') return { text: `原定${day}前办结，特别程序期间不计时`, lamp: 'normal' }
  if (status === 'correction') return { text: `承诺${day}前办结，请先补正`, lamp: 'near' }
  const left = daysBetween(today(now), promisedBy)
  if (left < 0) return { text: `应于${day}办结，已超${-left}天`, lamp: 'over' }
  if (left === 0) return { text: '承诺今天办结', lamp: 'near' }
  return { text: `承诺${day}前办结，还有${left}天`, lamp: left <= 2 ? 'near' : 'normal' }
}

/** How long a service takes, for its guide. */
export function limitText(days: number): string {
  return days === 0 ? '当场办结' : `${days}个工作日`
}
