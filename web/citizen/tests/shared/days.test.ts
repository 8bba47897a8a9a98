import { describe, expect, it } from 'vitest'
import { chineseDay, daysBetween, lampOf, today, wallTime } from '@shared/days'
import { undecided } from '@shared/statuses'
import LAMPS from '../../../../tests/vectors/lamps.json'

describe('days', () => {
  it('are days of Chengdu, also late at night, whatever this computer believes', () => {
    expect(today(Date.parse('2026-11-22T23:30:00+08:00'))).toBe('2026-11-22')
    expect(today(Date.parse('2026-11-22T16:30:00Z'))).toBe('2026-11-23')
    expect(today(Date.parse('2026-02-27T15:59:59Z'))).toBe('2026-02-27')
    expect(today(Date.parse('2026-02-27T16:00:00Z'))).toBe('2026-02-28')
  })
  it('are counted across months and leap days', () => {
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2)
    expect(daysBetween('2026-12-31', '2027-01-01')).toBe(1)
    expect(['2026-11-22', '2026-11-25', '2026-11-20'].map((day) => daysBetween('2026-11-22', day))).toEqual([0, 3, -2])
  })
  it('are written as people read them', () => {
    expect(chineseDay('2026-03-01')).toBe('2026年3月1日')
    expect(chineseDay('昨天')).toBe('昨天')
    expect(wallTime('2026-02-28T23:30:00Z')).toBe('2026-03-01 07:30')
    expect(wallTime('昨天')).toBe('昨天')
  })
})

it.each(LAMPS)('due $due on $today, $days working days given, lights $lamp: $why', ({ due, today: day, days, lamp }) => expect(lampOf(due, day, days)).toBe(lamp))

it.each([
  ['in_review', true],
  ['correction', true],
  ['granted', false],
  ['delivered', false],
] as const)('the promise of a case that is %s runs: %s', (status, runs) => expect(undecided(status)).toBe(runs))
