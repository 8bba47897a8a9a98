import { describe, expect, it } from 'vitest'
import { feeLines } from '@/domain/guide'
import { billText, feeRows, totalText, untilText } from '@shared/fee'

const ROAD = { code: 'occupation', name: '城市道路占用费', basis: '条例', amount_fen: 4800, how: '次干道0.40元×20平方米×6天' }
const LESS = { code: 'registration', reason: '小微企业免收', basis: '2559号', proof: 'p', proof_name: '营业执照', amount_fen: 8000 }
const HOUSE = { code: 'registration', name: '登记费', basis: '2559号', amount_fen: 8000, how: '住宅80.00元' }

describe('a fee', () => {
  it('says how it was counted', () => {
    expect(feeRows({ total_fen: 4800, lines: [ROAD], reductions: [], unproved: [] })).toEqual([['城市道路占用费', '次干道0.40元×20平方米×6天 = 48元']])
    expect(feeRows({ total_fen: 2000, lines: [{ ...HOUSE, amount_fen: 2000, how: '20.00元' }], reductions: [], unproved: [] })).toEqual([['登记费', '20元']])
  })
  it('says what it is reduced by, and what is left', () =>
    expect(feeRows({ total_fen: 0, lines: [HOUSE], reductions: [LESS], unproved: [] })).toEqual([
      ['登记费', '住宅80.00元 = 80元'],
      ['减免', '小微企业免收，减80元（凭营业执照）'],
      ['应缴', '不用缴费'],
    ]))
  it('says which proof is missing', () => expect(feeRows({ total_fen: 8000, lines: [HOUSE], reductions: [], unproved: [LESS] })[1]).toEqual(['没有减免', '小微企业免收，还没有交营业执照']))
  it('is told on the guide, with where it is paid without a phone', () => {
    const counter = { address: '草市街2号', hours: '工作日9:00至17:00' }
    const lines = feeLines({ items: [{ code: 'f', name: '登记费', how: '住宅80元', basis: '2559号' }], exemptions: [{ reason: '小微企业', how: '免收，凭营业执照', basis: '2559号' }], counter })
    expect(lines).toEqual(['登记费：住宅80元（2559号）', '减免：小微企业，免收，凭营业执照（2559号）', '没有微信的，可以到收费窗口缴现金、刷卡：草市街2号，工作日9:00至17:00'])
    expect(feeLines({ items: [], exemptions: [], counter: null })).toEqual([])
  })
  it('in total', () => expect([totalText(0), totalText(1050)]).toEqual(['不用缴费', '10.50元']))
})

describe('a bill', () => {
  it('may be paid to the end of its last day', () => {
    expect(untilText('2026-10-22')).toBe('2026年10月22日24时')
    expect(untilText('2027-01-04', true)).toContain('放假安排')
  })
  it('says how it was paid', () => {
    expect(billText({ state: 'paid', amount_fen: 2000, way: 'cash', party: '市公安局收费窗口', receipt_no: '0012345' })).toBe('已缴费 20元，现金，票据号0012345')
    expect(billText({ state: 'paid', amount_fen: 2000, way: 'online', party: '微信支付' })).toBe('已缴费 20元，微信支付')
    expect(billText({ state: 'unpaid', amount_fen: 2000 })).toBe('待缴费 20元')
  })
})
