/** Applications and supplements not yet sent, and the cases whose answers may be used again (with consent), kept on this phone. */
import type { Draft } from '@/domain/draft'
import type { Begun } from '@/domain/supplement'
import { read, remove, write } from '@/platform/store'

const name = (code: string) => `draft.${code}`
const CONSENTED = 'consented'
const KEPT = 5

export const loadDraft = (code: string): Draft | null => read<Draft>(name(code))
export const saveDraft = (draft: Draft): void => write(name(draft.service), { ...draft, savedAt: Date.now() })
export const dropDraft = (code: string): void => remove(name(code))

const supplement = (caseNo: string) => `supplement.${caseNo}`

export const loadSupplement = (caseNo: string): Begun | null => read<Begun>(supplement(caseNo))
export const saveSupplement = (caseNo: string, begun: Begun): void => write(supplement(caseNo), begun)
export const dropSupplement = (caseNo: string): void => remove(supplement(caseNo))

interface Consented {
  account: string
  case_no: string
}

export function consentedCases(account: string): string[] {
  return (read<Consented[]>(CONSENTED) ?? []).filter((each) => each.account === account).map((each) => each.case_no)
}

/** Remember that the answers of a case may be used again, newest first. */
export function rememberConsent(account: string, caseNo: string): void {
  const others = (read<Consented[]>(CONSENTED) ?? []).filter((each) => each.case_no !== caseNo)
  write(CONSENTED, [{ account, case_no: caseNo }, ...others].slice(0, KEPT))
}

export function forgetConsent(): void {
  remove(CONSENTED)
}
