import { describe, expect, it } from 'vitest'
import type { TimelineEntry } from '@/api/types'
import { appealRows, refusalText, revokedText, storyText, unmetOf } from '@/domain/appeal'

const APPEAL = { said: '如不服，可以申请复议', reviewed_by: '成都市人民政府', court: '有管辖权的人民法院', received: '2026-07-01', reconsider_by: '2026-08-31', sue_by: '2027-01-04', provisional: true }
const entry = (data: object, text = '市城管委不予许可：影响通行。如不服，可以申请复议') => ({ at: '', event: 'denied', text, data }) as unknown as TimelineEntry

describe('a no', () => {
  it('names organ, court, periods and last days', () => {
    const [reconsider, sue, last] = appealRows(entry({ appeal: APPEAL })).map(([, text]) => text)
    expect([reconsider, sue]).toEqual(['收到决定之日起60天内，向成都市人民政府申请', '收到决定之日起6个月内，向有管辖权的人民法院提起'])
    expect(last).toBe('2026年7月1日收到的，申请行政复议的最后一日是2026年8月31日，提起行政诉讼的最后一日是2027年1月4日（以国务院公布的放假安排为准）')
  })
  it('names none that its event does not', () => expect([appealRows(entry({})), appealRows(undefined)]).toEqual([[], []]))
  it('says which certificate was revoked, and why', () => {
    expect(revokedText(entry({ reason: '持证人申请注销。', appeal: APPEAL }), '优待证')).toBe('优待证已注销：持证人申请注销。')
    expect([revokedText(undefined, '优待证'), revokedText(entry({}), '优待证')]).toEqual(['优待证已注销。', '优待证已注销。'])
  })
  it('says its reason once', () => {
    expect(refusalText(entry({ reason: '影响通行。', appeal: APPEAL }), '不予许可')).toBe('不予许可：影响通行。')
    expect(refusalText(entry({ reason: '依法不需要', verdict: '不受理' }), '不予受理')).toBe('不受理：依法不需要。')
    expect(storyText(entry({ appeal: APPEAL }))).toBe('市城管委不予许可：影响通行')
    expect(storyText(entry({}, '窗口已收材料。如不服老，可打电话'))).toBe('窗口已收材料。如不服老，可打电话')
    expect(refusalText(undefined, '不予许可')).toBe('不予许可。')
  })
  it('names the conditions that were not met, beside the reason', () => {
    const told = entry({ reason: '影响通行', unmet: ['年满十八周岁', '不影响通行'], appeal: APPEAL }, '市城管委不予许可：影响通行（不符合的条件：年满十八周岁；不影响通行）。如不服，可以申请复议')
    expect(unmetOf(told)).toEqual(['年满十八周岁', '不影响通行'])
    expect(refusalText(told, '不予许可')).toBe('不予许可：影响通行。')
    expect(storyText(told)).toBe('市城管委不予许可：影响通行（不符合的条件：年满十八周岁；不影响通行）')
    expect([unmetOf(entry({ reason: '影响通行' })), unmetOf(undefined)]).toEqual([[], []])
  })
})
