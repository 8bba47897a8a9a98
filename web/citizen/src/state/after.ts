/** What follows when an application or a supplement has its answer, whether or not a page is looking. */
import type { Entry } from '@/domain/outbox'
import { dropDraft, dropSupplement, loadDraft, loadSupplement, rememberConsent } from './drafts'
import { outbox } from './outbox'

export function startFollowing(): void {
  const settle = () => {
    for (const entry of outbox.entries()) {
      if (entry.state !== 'done') continue
      const { case_no: caseNo } = (entry.answer ?? {}) as { case_no?: string }
      if (entry.kind === 'supplement') handedIn(entry, caseNo ?? '')
      else applied(entry, caseNo ?? '')
    }
  }
  outbox.subscribe(settle)
  settle()
}

function applied(entry: Entry, caseNo: string): void {
  if (loadDraft(entry.service)?.key !== entry.key) return
  dropDraft(entry.service)
  if (entry.consent && caseNo) rememberConsent(entry.owner, caseNo)
}

/** What is still open is begun anew. */
function handedIn(entry: Entry, caseNo: string): void {
  if (loadSupplement(caseNo)?.key === entry.key) dropSupplement(caseNo)
}
