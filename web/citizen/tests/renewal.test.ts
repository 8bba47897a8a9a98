import { describe, expect, it } from 'vitest'
import type { Case, Service } from '@/api/types'
import { emptyDraft, requestOf } from '@/domain/draft'
import { askedWords, renewalText, renewalWords } from '@/domain/renewal'

const DAYS = { opens: '2026-08-09', ask_by: '2026-09-08' }
const OF = { number: '1234567890123459', runs_to: '2026-10-08', timely: true, state: 'valid' } as const

describe('a certificate that can be renewed', () => {
  it.each([
    ['early', '2026年8月9日起可以申请延续，最迟在2026年9月8日提出。', false],
    ['open', '可以延续，请最迟在2026年9月8日提出。', true],
    ['late', '提出延续的期限（2026年9月8日）已过，到期前仍可提出；到期前没有作出决定的，证照到期失效。', true],
    ['asked', '延续申请正在办理，可在“我的办件”中查看。', false],
  ] as const)('is %s', (state, words, may) => expect(renewalWords({ state, ...DAYS })).toEqual({ words, may }))
})

describe('a case that renews one', () => {
  const text = (more: object) => renewalText({ status: 'in_review', renewal: { ...OF, ...more } } as unknown as Case)
  it('says which and until when it ran', () => expect(text({})).toBe('延续编号1234 5678 9012 3459的证照，提出时有效期至2026年10月8日。'))
  it('says what asking late means, until it is decided', () => {
    expect(text({ timely: false })).toContain('提出时距到期已不足30天，到期前没有作出决定的，证照到期失效。')
    expect(renewalText({ status: 'granted', renewal: { ...OF, timely: false } } as Case)).not.toContain('不足')
    expect(askedWords({ ...OF, timely: false })).toContain('不足30天')
  })
  it('says that it is revoked meanwhile', () => expect(text({ state: 'revoked' })).toContain('这个证照已经注销。'))
  it('says nothing where nothing is renewed', () => expect(renewalText({ status: 'accepted', renewal: null } as Case)).toBeNull())
})

describe('the application for it', () => {
  const SERVICE = { code: 'hygiene-licence', delivery: ['pickup', 'electronic'], form: { required: [], 'x-order': [], properties: {} }, situations: [], materials: [] } as unknown as Service
  it('names the certificate and takes the electronic result', () => {
    const draft = emptyDraft(SERVICE, 'k', {}, '13800000000', { number: OF.number, caseNo: '660092712116' })
    expect(requestOf(SERVICE, draft)).toMatchObject({ renews: OF.number, delivery: { method: 'electronic' } })
    expect(requestOf(SERVICE, emptyDraft(SERVICE, 'k', {}, ''))).not.toHaveProperty('renews')
  })
})
