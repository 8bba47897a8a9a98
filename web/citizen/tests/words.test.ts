import { describe, expect, it } from 'vitest'
import type { Case, Service, ServiceSummary } from '@/api/types'
import { digits, grouped } from '@shared/caseNo'
import { pageOf } from '@/domain/deeplink'
import { byText, dayText, limitText, promise, timeText } from '@/domain/due'
import { fileFault, shortName } from '@/domain/files'
import { flowOf } from '@/domain/guide'
import { messagesOf } from '@/domain/messages'
import { yuan } from '@shared/money'
import { noticeText } from '@/domain/notices'
import { ApiError, faultsUnder } from '@/domain/problem'
import { ratingFault, reasonsFor } from '@/domain/reasons'
import { isOut } from '@/domain/result'
import { matches, queryString } from '@/domain/search'
import { procedureText } from '@/domain/timeline'
import { toneOf } from '@shared/statuses'
import { STATUS_NAMES, type Status } from '@shared/vocabulary'
import { LEVELS } from '@shared/words'

const NOW = Date.parse('2026-11-22T10:00:00+08:00')

describe('days', () => {
  it('are days of Chengdu, also late at night', () => {
    expect(dayText('2026-11-22T16:30:00Z', NOW)).toBe('11月23日')
  })
  it('are written short, with another year named', () => {
    expect(dayText('2026-12-06', NOW)).toBe('12月6日')
    expect(dayText('2027-01-05', NOW)).toBe('2027年1月5日')
    expect(timeText('2026-11-22T09:05:00+08:00', NOW)).toBe('11月22日 09:05')
  })
})

describe('the promise', () => {
  const CLOCK: Case['clock'] = { days: 7, accepted: true, provisional: false, statutory_by: null, paused_since: null, taken: [] }
  it.each<[Status, string, string, string, Partial<Case['clock']>]>([
    ['in_review', '2026-12-06', '承诺12月6日前办结，还有14天', 'normal', {}],
    ['accepted', '2026-11-24', '承诺11月24日前办结，还有2天', 'normal', {}],
    ['accepted', '2026-11-23', '承诺11月23日前办结，还有1天', 'near', {}],
    ['accepted', '2026-11-23', '承诺11月23日前办结，还有1天', 'normal', { days: 1 }],
    ['submitted', '2026-11-22', '预计今天办结', 'near', { accepted: false }],
    ['submitted', '2026-12-06', '预计12月6日前办结，还有14天', 'normal', { accepted: false }],
    ['submitted', '2026-11-20', '原预计11月20日前办结，还没有受理', 'near', { accepted: false }],
    ['in_review', '2026-11-22', '承诺今天办结', 'near', {}],
    ['in_review', '2026-11-20', '应于11月20日办结，已超2天', 'over', {}],
    ['in_review', '2027-01-08', '承诺2027年1月8日前办结（以国务院公布的放假安排为准），还有47天', 'normal', { provisional: true }],
    ['suspended', '2026-11-20', '特别程序期间不计时，结束后顺延', 'normal', { paused_since: '2026-11-18' }],
    ['correction', '2026-11-20', '请先补正，补正期间不计时，补正后顺延', 'near', { paused_since: '2026-11-18' }],
    ['correction', '2026-12-06', '请先补正，补正后重新计算办结日期', 'near', { accepted: false, paused_since: '2026-11-18' }],
    ['awaiting_payment', '2026-11-01', '已准予，请缴费', 'done', {}],
    ['delivered', '2026-11-01', '已办结', 'done', {}],
  ])('%s by %s: %s (%s)', (status, day, text, lamp, clock) => expect(promise({ status, status_name: STATUS_NAMES[status], promised_by: day, clock: { ...CLOCK, ...clock } }, NOW)).toEqual({ text, lamp }))
  it('of a case that a higher organ decides (转报, 《行政许可法》第43条) is no finished one', () => {
    const of = { status: 'closed' as const, status_name: '已转报', promised_by: '2026-11-01', clock: CLOCK }
    expect([promise(of, NOW), toneOf(of)]).toEqual([{ text: '已报上级机关审查决定', lamp: 'done' }, 'going'])
    const own = { ...of, status_name: STATUS_NAMES.closed }
    expect([promise(own, NOW).text, toneOf(own)]).toEqual(['已办结', 'good'])
  })
  it.each([[true, '补正期间不计时，补正后顺延'], [false, '补正后重新计算办结日期']])('says no day while the clock stands (accepted: %s)', (accepted, text) =>
    expect(byText({ status: 'correction', promised_by: '2026-12-06', clock: { ...CLOCK, accepted, paused_since: '2026-11-18' } }, NOW)).toBe(text))
  it('of a service', () => expect([limitText(0), limitText(5)]).toEqual(['当场办结', '5个工作日']))
})

describe('money', () => {
  it.each([[1, '0.01'], [2000, '20'], [1050, '10.50']])('%i → %s', (fen, text) => expect(yuan(fen)).toBe(text))
})

describe('links of messages', () => {
  it.each([
    ['/rate/660092712114', '?t=a%2Bb', '/pages/rate/index?case_no=660092712114&t=a%2Bb'],
    ['/rate/660092712114', '?t=x&a=1', '/pages/rate/index?case_no=660092712114&t=x&again=1'],
    ['/rate/660092712114', '', '/pages/rate/index?case_no=660092712114'],
    ['/cases/660092712114', '', '/pages/case/index?case_no=660092712114'],
    ['/services/residence-permit', '', '/pages/guide/index?code=residence-permit'],
    ['/', '', null], ['/rate/12', '', null], ['/rate/660092712114/../x', '', null],
  ])('%s%s → %s', (path, search, page) => expect(pageOf(path, search)).toBe(page))
})

describe('rating', () => {
  it('has eight reasons for each level, each beginning with it', () => {
    for (const level of LEVELS) {
      expect(reasonsFor(level)).toHaveLength(8)
      for (const { code, text } of reasonsFor(level)) {
        expect(code).toMatch(new RegExp(`^${level}[01][0-9]$`))
        expect(text.length).toBeGreaterThan(4)
      }
    }
  })
  it('needs a reason when it is bad', () => {
    expect(ratingFault(undefined, [], '')).not.toBe('')
    expect(ratingFault(2, [], ' ')).not.toBe('')
    expect(ratingFault(2, ['207'], '')).toBe('')
    expect(ratingFault(1, [], '太慢')).toBe('')
    expect(ratingFault(3, [], '')).toBe('')
  })
})

describe('problems', () => {
  it('are sorted to their fields', () => {
    const faults = [{ path: 'form.name', code: 'x', message: '一' }, { path: 'form.name', code: 'y', message: '二' }, { path: 'contact.phone', code: 'x', message: '三' }]
    expect(faultsUnder('form', faults)).toEqual({ faults: { name: '一' }, rest: [faults[2]] })
  })
  it('speak Chinese even without words of the server', () => {
    expect(new ApiError(0, {}).message).toContain('网络')
    expect(new ApiError(418, {}).message).toContain('系统繁忙')
    expect([0, 503, 500].map((status) => new ApiError(status, {}).unreachable)).toEqual([true, false, false])
  })
})

describe('finding', () => {
  const service = { name: '居住证申领', short_name: '居住证', summary: '来蓉人员', topics: ['户籍'], department_name: '公安局', tags: ['网上办'], audience: 'person' } as unknown as ServiceSummary
  it.each([[{ q: '居住 公安' }, true], [{ q: '护照' }, false], [{ tag: '网上办' }, true], [{ tag: '马上办' }, false], [{ audience: 'corporation' }, false], [{}, true]])('%j: %s', (query, found) => expect(matches(service, query)).toBe(found))
  it('writes addresses', () => expect(queryString({ q: '居 住', tag: undefined, next: '' })).toBe('?q=%E5%B1%85%20%E4%BD%8F'))
})

describe('small words', () => {
  it('groups and reads case numbers', () => {
    expect(grouped('660092712114')).toBe('6600 9271 2114')
    expect(digits('６６00 9271-2114')).toBe('660092712114')
  })
  it('tells a file that cannot be sent', () => {
    expect(fileFault({ type: 'image/jpeg', size: 10 })).toBe('')
    expect(fileFault({ type: 'image/gif', size: 10 })).not.toBe('')
    expect(fileFault({ type: 'image/png', size: 10485761 })).toContain('10MB')
    expect(fileFault({ type: 'image/png', size: 0 })).not.toBe('')
    expect([...shortName('长'.repeat(200) + '.pdf')]).toHaveLength(100)
  })
  it('tells how one was told', () => {
    expect(noticeText({ channel: 'sms', status: 'delivered' })).toBe('短信已送达')
    expect(noticeText({ channel: 'wechat', status: 'failed' })).toContain('没有发成功')
  })
  it('tells which special procedure a case is in, why and until when', () => {
    const begun = { at: '', event: 'suspended', text: '', data: { kind: 'appraisal', procedure: '鉴定', reason: '需要结构安全鉴定。', due: '2027-01-10' } }
    const timeline = [{ at: '', event: 'accepted', text: '' }, begun]
    expect(procedureText({ status: 'suspended', timeline }, NOW)).toBe('正在依法进行鉴定：需要结构安全鉴定，到2027年1月10日为止。提前结束的，接着办理。')
    expect(procedureText({ status: 'in_review', timeline }, NOW)).toBe('')
    const hearing = { ...begun, data: { kind: 'hearing', procedure: '听证', reason: '申请人要求', due: '2027-01-10', held_on: '2027-01-08', place: '9时，市政务中心听证室' } }
    expect(procedureText({ status: 'suspended', timeline: [hearing] }, NOW)).toBe('正在依法进行听证：申请人要求，2027年1月8日举行（9时，市政务中心听证室），到2027年1月10日为止。提前结束的，接着办理。')
  })
  it('draws the steps, yours and ours', () => {
    const service = { stages: [{ name: '并联审查', departments: ['a', 'b'], limit_days: 4 }], fee: {}, delivery: ['courier'] } as unknown as Service
    expect(flowOf(service).map((step) => [step.title, step.by])).toEqual([['网上申请', 'you'], ['并联审查', 'us'], ['缴费', 'you'], ['拿到结果', 'us']])
  })
  it('puts messages of all cases in one line, newest first', () => {
    const one = (at: string) => ({ at, event: 'x', text: at, notice: { channel: 'sms', status: 'sent' } })
    const cases = [{ service_name: 'A', case_no: '1', timeline: [one('2026-01-01T00:00:00Z'), { at: 'z', event: 'y', text: '' }] }, { service_name: 'B', case_no: '2', timeline: [one('2026-01-02T00:00:00Z')] }] as unknown as Case[]
    expect(messagesOf(cases).map((message) => message.caseNo)).toEqual(['2', '1'])
  })
})

describe('what came out', () => {
  const told = (event: string) => [{ at: '2026-11-22T10:00:00+08:00', event, text: '' }]
  it.each<[Status, string, boolean]>([
    ['closed', 'delivered', true],
    ['closed', 'transferred', false],
    ['delivered', 'delivered', true],
    ['void', 'voided', false],
    ['in_review', 'accepted', false],
  ])('%s after %s: a result of ours %s', (status, event, out) => expect(isOut({ status, timeline: told(event) })).toBe(out))
})
