/** Days and promises in words. */
import { AWAITED, chineseDay, daysBetween, lampOf, today, wallTime } from '@shared/days'
import { forwarded, undecided, type Decided } from '@shared/statuses'
import { awaiting } from '@shared/words'
import type { CaseSummary } from '@/api/types'

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
  dispatching: '已准予，已制好，等待寄出',
  delivering: '已准予，正在寄送',
  undelivered: '快件退回，请选择怎样领取',
  ready_for_pickup: '已准予，可以领取',
  delivered: '已办结',
  closed: '已办结',
  denied: '已办结',
  not_accepted: '已办结',
  withdrawn: '已撤回，不再办理',
  returned: '逾期未补正，已退件',
  lapsed: '逾期未缴费，已终止',
  void: '已作废',
}

/** Say how the promise stands, and how urgent that is. */
export function promise(of: Promised & Pick<CaseSummary, 'status_name'>, now: number = Date.now()): { text: string; lamp: Lamp } {
  const { status, promised_by, clock } = of
  if (forwarded(of)) return { text: '已报上级机关审查决定', lamp: 'done' }
  if (!undecided(status)) return { text: AFTER[status], lamp: 'done' }
  const day = dayText(promised_by, now)
  if (status === 'suspended') return { text: awaiting(of), lamp: 'normal' }
  if (status === 'correction') return { text: `请先补正，${awaiting(of)}`, lamp: 'near' }
  const left = daysBetween(today(now), promised_by)
  const lamp = lampOf(promised_by, today(now), clock.days) === 'near' ? 'near' : 'normal'
  if (left < 0 && !clock.accepted) return { text: `原预计${day}前办结，还没有受理`, lamp: 'near' }
  if (left < 0) return { text: `应于${day}办结，已超${-left}天`, lamp: 'over' }
  if (left === 0) return { text: clock.accepted ? '承诺今天办结' : '预计今天办结', lamp }
  return { text: `${byText(of, now)}，还有${left}天`, lamp }
}

type Promised = Pick<CaseSummary, 'status' | 'promised_by' | 'clock'>

/** The day of a promise: 预计 until the case is accepted, and what it rests on where holidays are still to be announced; none while it stands. */
export function byText(of: Promised, now: number = Date.now()): string {
  const { promised_by, clock } = of
  if (clock.paused_since) return awaiting(of)
  return `${clock.accepted ? '承诺' : '预计'}${dayText(promised_by, now)}前办结${clock.provisional ? AWAITED : ''}`
}

/** How long a service takes, for its guide. */
export function limitText(days: number): string {
  return days === 0 ? '当场办结' : `${days}个工作日`
}
