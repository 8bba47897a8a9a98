/** Who is signed in on this phone. */
import type { Session } from '@/api/types'
import { read, remove, write } from '@/platform/store'
import { APP_NAMES } from '@shared/vocabulary'
import { forgetCards } from './cards'
import { Store } from './store'

export interface SignedIn {
  token: string
  expiresAt: string
  kind: Session['kind']
  /** Whose outbox entries may be sent: `tel:<phone>` or the app. */
  account: string
  phone: string
}

const NAME = 'session'

export const session = new Store<SignedIn | null>(valid(read<SignedIn>(NAME)))

/** Whether a mini-program's own login opened it: it may have no phone yet. */
export const byApp = (of: Pick<Session, 'kind'> | null): boolean => of !== null && of.kind in APP_NAMES

export function signedIn(answer: Session, phone: string): void {
  const account = byApp(answer) ? answer.kind : `tel:${phone}`
  const value = { token: answer.token, expiresAt: answer.expires_at, kind: answer.kind, account, phone }
  write(NAME, value)
  session.set(value)
}

export function signOut(): void {
  remove(NAME)
  forgetCards()
  session.set(null)
}

function valid(kept: SignedIn | null): SignedIn | null {
  return kept && Date.parse(kept.expiresAt) > Date.now() ? kept : null
}
