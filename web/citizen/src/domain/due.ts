/** Days and promises in words. Every day is a day of Chengdu (UTC+8), wherever the phone is. */
import type { Status } from '@/api/types'

const DAY = 86_400_000
const SHANGHAI = 8 * 3_600_000

/** The present day in Chengdu, `YYYY-MM-DD`. */
export function today(now: number = Date.now()): string {
  return new Date(now + SHANGHAI).toISOString().slice(0, 10)
}

/** `2026-12-06` (or a whole time) → `12月6日`, with the year when it is another than this. */
export function dayText(day: string, now: number = Date.now()): string {
  const local = day.length > 10 ? today(Date.parse(day)) : day
  const [year, month, date] = local.split('-').map(Number)
  if (!year || !month || !date) return day
  const short = `${month}月${date}日`
  return String(year) === today(now).slice(0, 4) ? short : `${year}年${short}`
}

/** A whole time → `12月6日 09:05`. */
export function timeText(at: string, now: number = Date.now()): string {
  const moment = Date.parse(at)
  if (Number.isNaN(moment)) return at
  return `${dayText(at, now)} ${new Date(moment + SHANGHAI).toISOString().slice(11, 16)}`
}

/** Whole days from today to `day`: 0 today, negative when past. */
export function daysLeft(day: string, now: number = Date.now()): number {
  return Math.round((Date.parse(`${day.slice(0, 10)}T00:00:00Z`) - Date.parse(`${today(now)}T00:00:00Z`)) / DAY)
}

export type Lamp = 'normal' | 'near' | 'over' | 'done'

const AFTER: Partial<Record<Status, string>> = {
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
  const after = AFTER[status]
  if (after) return { text: after, lamp: 'done' }
  const day = dayText(promisedBy, now)
  if (status === 'suspended') return { text: `原定${day}前办结，特别程序期间不计时`, lamp: 'normal' }
  if (status === 'correction') return { text: `承诺${day}前办结，请先补正`, lamp: 'near' }
  const left = daysLeft(promisedBy, now)
  if (left < 0) return { text: `应于${day}办结，已超${-left}天`, lamp: 'over' }
  if (left === 0) return { text: '承诺今天办结', lamp: 'near' }
  return { text: `承诺${day}前办结，还有${left}天`, lamp: left <= 2 ? 'near' : 'normal' }
}

/** How long a service takes, for its guide. */
export function limitText(days: number): string {
  return days === 0 ? '当场办结' : `${days}个工作日`
}
