/** A fee as people read it: each item with how it was counted, what it is reduced by, and why. */
import type { components } from './api'
import { yuan } from './money'
import { BILL_STATE_NAMES, PAY_WAY_NAMES } from './vocabulary'

type Bill = components['schemas']['Payment']
export type Assessment = components['schemas']['FeeAssessment']

/** Names and values, one row each; the total last, where there is more than one line. */
export function feeRows({ lines, reductions, unproved, total_fen }: Assessment): [string, string][] {
  const counted = lines.map(({ name, how, amount_fen }): [string, string] => [name, how.includes('×') || reductions.length ? `${how} = ${yuan(amount_fen)}元` : `${yuan(amount_fen)}元`])
  const less = reductions.map(({ reason, amount_fen, proof_name }): [string, string] => ['减免', `${reason}，减${yuan(amount_fen)}元（凭${proof_name}）`])
  const not = unproved.map(({ reason, proof_name }): [string, string] => ['没有减免', `${reason}，还没有交${proof_name}`])
  const total: [string, string][] = counted.length + less.length > 1 ? [['应缴', totalText(total_fen)]] : []
  return [...counted, ...less, ...not, ...total]
}

/** How a bill stands, and how it was paid: 已缴费 20元，现金，票据号0012345. */
export function billText({ state, amount_fen, way, party, receipt_no }: Bill): string {
  const how = way === 'online' ? party : way ? `${PAY_WAY_NAMES[way]}，票据号${receipt_no}` : ''
  return [`${BILL_STATE_NAMES[state]} ${yuan(amount_fen)}元`, how].filter(Boolean).join('，')
}

export function totalText(fen: number): string {
  return fen > 0 ? `${yuan(fen)}元` : '不用缴费'
}

/** The last day of a bill, which is whole: 2026年10月22日24时. */
export function untilText(until: string, provisional = false): string {
  const [year, month, day] = until.split('-').map(Number)
  return `${year}年${month}月${day}日24时${provisional ? '（以国务院公布的放假安排为准）' : ''}`
}
