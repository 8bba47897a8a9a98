import { describe, expect, it, vi } from 'vitest'
import type { Case, Service } from '@/api/types'
import { cardOf, rowsOf, stateOn, wordFor } from '@/domain/card'
import { cardsOf, forgetCards, keepCard, keptCard } from '@/state/cards'

const stored = vi.hoisted(() => new Map<string, unknown>())
vi.mock('@/platform/store', () => ({ read: (name: string) => stored.get(name) ?? null, write: (name: string, value: unknown) => void stored.set(name, value), remove: (name: string) => void stored.delete(name) }))

const NOW = Date.parse('2026-12-01T10:00:00+08:00')
const CERTIFICATE = { number: '1234567890123459', state: 'valid', type: '优待证', holder: '王*芳', issuer: '成都市民政局', department: 'mzj', valid_from: '2026-12-01', valid_to: '2031-11-30', verify_url: 'https://x/verify?n=1234567890123459' }
const data = (more: object = {}) => ({ case_no: '660092712116', form: { name: '王桂芳' }, certificate: CERTIFICATE, ...more }) as unknown as Case
const SERVICE = { applicant: { type: 'person', id: 'id_number', name: 'name' } } as unknown as Service

describe('a card', () => {
  it('names its holder in clear where the case does', () => expect(cardOf(data(), SERVICE, 'a', NOW)?.holder).toBe('王桂芳'))
  it.each([[data({ form: {} }), SERVICE], [data(), null], [data(), { applicant: {} } as Service]])('else masked', (of, service) => expect(cardOf(of, service, 'a', NOW)?.holder).toBe('王*芳'))
  it('is there only where there is a certificate', () => expect(cardOf(data({ certificate: null }), SERVICE, 'a')).toBeNull())
  it('is written for who reads it', () => {
    const card = cardOf(data(), SERVICE, 'a', NOW)!
    expect(rowsOf(card)).toEqual([['持证人', '王桂芳'], ['发证部门', '成都市民政局'], ['有效期起', '2026年12月1日'], ['有效期止', '2031年11月30日']])
    expect(rowsOf({ ...card, to: null })[3]).toEqual(['有效期止', '长期有效'])
  })
})

describe('without a network', () => {
  it.each([
    ['valid', '2031-11-30', '2031-11-30', 'valid'],
    ['valid', '2031-11-30', '2031-12-01', 'expired'],
    ['valid', null, '2099-01-01', 'valid'],
    ['revoked', '2031-11-30', '2031-12-01', 'revoked'],
  ] as const)('%s to %s is on %s %s', (state, to, day, now) => expect(stateOn({ state, to }, day)).toBe(now))

  it('is shown to somebody only while it is valid', () => {
    expect([['valid', null], ['valid', '2026-12-01'], ['valid', '2026-11-30'], ['revoked', null]].map(([state, to]) => wordFor({ state, to } as Parameters<typeof wordFor>[0], '2026-12-01'))).toEqual(['出示', '出示', '查看', '查看'])
  })

  it('is kept for its account, the newest of a case, until somebody signs out', () => {
    const card = cardOf(data(), SERVICE, 'a', NOW)!
    keepCard(card)
    keepCard({ ...card, account: 'b', holder: '李四' })
    keepCard({ ...card, state: 'revoked' })
    expect(keptCard('a', card.caseNo)?.state).toBe('revoked')
    expect(keptCard('b', card.caseNo)?.holder).toBe('李四')
    expect(keptCard('c', card.caseNo)).toBeNull()
    forgetCards()
    expect(keptCard('a', card.caseNo)).toBeNull()
  })

  it('is listed once, as the case that renewed it told last', () => {
    const card = cardOf(data(), SERVICE, 'a', NOW)!
    keepCard(card)
    keepCard({ ...card, caseNo: '660092712124', to: '2036-11-30' })
    keepCard({ ...card, caseNo: '660092712132', number: '1000000000000009' })
    expect(cardsOf('a').map(({ number, to }) => [number, to])).toEqual([['1000000000000009', '2031-11-30'], ['1234567890123459', '2036-11-30']])
    expect(cardsOf('b')).toEqual([])
    forgetCards()
  })
})
