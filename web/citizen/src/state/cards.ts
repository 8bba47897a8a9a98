/** Certificates kept on this phone, to be shown without a network; gone when somebody signs out. */
import type { Card } from '@/domain/card'
import { read, remove, write } from '@/platform/store'

const NAME = 'cards'
const KEPT = 20

export function keepCard(card: Card): void {
  const others = (read<Card[]>(NAME) ?? []).filter((each) => each.caseNo !== card.caseNo || each.account !== card.account)
  write(NAME, [card, ...others].slice(0, KEPT))
}

export function keptCard(account: string, caseNo: string): Card | null {
  return (read<Card[]>(NAME) ?? []).find((each) => each.account === account && each.caseNo === caseNo) ?? null
}

/** Every certificate of an account, the one looked at last first; one that another case renewed is there once. */
export function cardsOf(account: string): Card[] {
  const mine = (read<Card[]>(NAME) ?? []).filter((each) => each.account === account)
  return mine.filter((card, at) => mine.findIndex((each) => each.number === card.number) === at)
}

export function forgetCards(): void {
  remove(NAME)
}
