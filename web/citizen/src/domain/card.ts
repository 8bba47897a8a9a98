/** A certificate as the phone keeps it: what the case said when it was last looked at, and what the day makes of it since. */
import type { Case, Service } from '@/api/types'
import type { Renewal } from './renewal'
import { chineseDay, today } from '@shared/days'
import type { CertificateState } from '@shared/vocabulary'

export interface Card {
  /** Whose phone it is kept on: another account does not see it. */
  account: string
  caseNo: string
  number: string
  type: string
  /** In clear where the case shows it so, else masked. */
  holder: string
  issuer: string
  from: string
  /** null: without an end. */
  to: string | null
  state: CertificateState
  verifyUrl: string
  /** The service that gave it and renews it. */
  service: string
  renewal: Renewal | null
  checkedAt: number
}

export function cardOf(data: Case, service: Service | null, account: string, now: number = Date.now()): Card | null {
  const found = data.certificate
  if (!found) return null
  const field = service?.applicant?.name
  const name = field ? data.form?.[field] : undefined
  const { number, type, issuer, state } = found
  const holder = typeof name === 'string' && name ? name : found.holder
  return { account, caseNo: data.case_no, number, type, holder, issuer, from: found.valid_from, to: found.valid_to, state, verifyUrl: found.verify_url, service: data.service, renewal: found.renewal ?? null, checkedAt: now }
}

/** What it is worth on a day: its last day passes without a network too. */
export function stateOn({ state, to }: Pick<Card, 'state' | 'to'>, day: string = today()): CertificateState {
  return state === 'valid' && to !== null && to < day ? 'expired' : state
}

/** What can be done with it: what is not valid any more is looked at, not shown to somebody. */
export function wordFor(card: Pick<Card, 'state' | 'to'>, day?: string): '出示' | '查看' {
  return stateOn(card, day) === 'valid' ? '出示' : '查看'
}

export function rowsOf(card: Card): [string, string][] {
  return [
    ['持证人', card.holder],
    ['发证部门', card.issuer],
    ['有效期起', chineseDay(card.from)],
    ['有效期止', card.to ? chineseDay(card.to) : '长期有效'],
  ]
}
