/** The draft of one application: begun from what was kept, changed in place, kept again after every change. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Service } from '@/api/types'
import { emptyDraft, type Draft, type Renews } from '@/domain/draft'
import { loadDraft, saveDraft } from '@/state/drafts'
import { newKey } from '@/state/outbox'
import { session } from '@/state/session'
import { read } from '@/platform/store'

export interface Editing {
  draft: Draft
  change: (change: (draft: Draft) => Partial<Draft>) => void
  /** Begin again with an empty form. */
  restart: () => void
  resumed: boolean
}

export function useDraft(service: Service, answers: Record<string, string>, renews?: Renews): Editing {
  const fresh = useCallback(() => emptyDraft(service, newKey(), answers, session.get()?.phone || read<string>('phone') || '', renews), [service, answers, renews])
  const kept = useRef<Draft | null | undefined>(undefined)
  if (kept.current === undefined) {
    const found = loadDraft(service.code)
    kept.current = renews && found?.renews?.number !== renews.number ? null : found // another matter begins anew
  }
  const [draft, setDraft] = useState<Draft>(() => (kept.current ? { ...kept.current, form: { ...fresh().form, ...kept.current.form } } : fresh()))
  const latest = useRef(draft)

  const change = useCallback((edit: (draft: Draft) => Partial<Draft>) => {
    const next = { ...latest.current, ...edit(latest.current) }
    latest.current = next
    saveDraft(next)
    setDraft(next)
  }, [])
  const restart = useCallback(() => change(() => ({ ...fresh(), key: newKey() })), [change, fresh])
  useEffect(
    () =>
      session.subscribe(() => {
        const phone = session.get()?.phone
        if (phone && !latest.current.contact.phone) change((old) => ({ contact: { ...old.contact, phone } }))
      }),
    [change],
  )
  return { draft, change, restart, resumed: Boolean(kept.current) }
}
