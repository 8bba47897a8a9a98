/** What follows when an application has its answer, whether or not a page is looking. */
import { dropDraft, loadDraft, rememberConsent } from './drafts'
import { outbox } from './outbox'

export function startFollowing(): void {
  const settle = () => {
    for (const entry of outbox.entries()) {
      if (entry.kind !== 'application' || entry.state !== 'done') continue
      if (loadDraft(entry.service)?.key !== entry.key) continue
      dropDraft(entry.service)
      const { case_no: caseNo } = (entry.answer ?? {}) as { case_no?: string }
      if (entry.consent && caseNo) rememberConsent(entry.owner, caseNo)
    }
  }
  outbox.subscribe(settle)
  settle()
}
