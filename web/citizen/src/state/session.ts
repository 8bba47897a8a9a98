/** Who is signed in on this phone. */
import type { Session } from '@/api/types'
import { read, remove, write } from '@/platform/store'
import { Store } from './store'

export interface SignedIn {
  token: string
  expiresAt: string
  kind: Session['kind']
  /** Whose outbox entries may be sent: `tel:<phone>` or `wechat`. */
  account: string
  phone: string
}

const NAME = 'session'

export const session = new Store<SignedIn | null>(valid(read<SignedIn>(NAME)))

export function signedIn(answer: Session, phone: string): void {
  const account = answer.kind === 'wechat' ? 'wechat' : `tel:${phone}`
  const value = { token: answer.token, expiresAt: answer.expires_at, kind: answer.kind, account, phone }
  write(NAME, value)
  session.set(value)
}

export function signOut(): void {
  remove(NAME)
  session.set(null)
}

function valid(kept: SignedIn | null): SignedIn | null {
  return kept && Date.parse(kept.expiresAt) > Date.now() ? kept : null
}
