/** Days and times. Every day is a day of Chengdu (UTC+8, no summer time), wherever the phone or computer is. */
import { CALENDAR, type Lamp } from './vocabulary'

const DAY = 86_400_000
const CHENGDU = 8 * 3_600_000

/** The present day, `YYYY-MM-DD`. */
export function today(now: number = Date.now()): string {
  return new Date(now + CHENGDU).toISOString().slice(0, 10)
}

/** A moment as the clock on the wall shows it, `2026-03-01 09:05`; what is no moment stays as it is. */
export function wallTime(at: string): string {
  const moment = Date.parse(at)
  return Number.isNaN(moment) ? at : new Date(moment + CHENGDU).toISOString().slice(0, 16).replace('T', ' ')
}

/** Whole days from one day to another; negative when `to` has passed. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to.slice(0, 10)}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY)
}

/** `2026-03-01` → `2026年3月1日`; what is no day stays as it is. */
export function chineseDay(text: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(text)
  return match ? `${match[1]}年${Number(match[2])}月${Number(match[3])}日` : text
}

/** Whether offices are open on a day: the calendar is the API's own (kernel/workdays.json). */
export function isWorkday(day: string): boolean {
  const year = CALENDAR[day.slice(0, 4)]
  if (year?.work.includes(day.slice(5))) return true
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday % 6 !== 0 && !year?.off.includes(day.slice(5))
}

/** The working days after one day up to and with another. */
export function workdaysBetween(after: string, until: string): number {
  let found = 0
  for (let n = daysBetween(after, until); n > 0; n--) {
    if (isWorkday(new Date(Date.parse(`${after}T00:00:00Z`) + n * DAY).toISOString().slice(0, 10))) found++
  }
  return found
}

/** The lamp of electronic supervision of what was given so many working days, as the API lights it (tasks/model.py). */
export function lampOf(due: string | null | undefined, day: string, days: number): Lamp {
  if (!due) return 'normal'
  const left = workdaysBetween(day, due)
  return daysBetween(day, due) < 0 ? 'overdue' : left <= 1 && left < days ? 'near' : 'normal'
}

/** What stands behind a date that rests on holidays still to be announced. */
export const AWAITED = '（以国务院公布的放假安排为准）'
