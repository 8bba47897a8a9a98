/**
 * The outbox: what a citizen sent is first kept on the phone with its Idempotency-Key, then sent until a definite answer comes.
 *
 * The bytes and the key of an entry never change, so sending it twice, or from two open pages, files one case. Nothing here knows a
 * network or a screen: `send` says what was answered, `keep` stores the list.
 */

export type Kind = 'application' | 'supplement'
export type State = 'waiting' | 'sending' | 'sign-in' | 'done' | 'refused'

export interface Entry {
  key: string
  kind: Kind
  path: string
  body: string
  title: string
  service: string
  owner: string
  createdAt: number
  state: State
  attempts: number
  nextAt: number
  /** Whether the answers may be used again (prefill), as the request says. */
  consent?: boolean
  answer?: unknown
  fault?: { status: number; detail: string; fields: { path: string; code: string; message: string }[] }
}

export interface Answer {
  /** HTTP status; 0 when nobody answered. */
  status: number
  body?: unknown
}

export interface Box {
  load(): Entry[]
  save(entries: Entry[]): void
}

export type Send = (entry: Entry) => Promise<Answer>

const FIRST_WAIT = 2_000
const LONGEST_WAIT = 60_000
const NOT_DEFINITE = new Set([0, 408, 425, 429])
const KEPT = 20

/** How long to wait after the `attempts`-th failure, in milliseconds. */
export function pause(attempts: number): number {
  return Math.min(FIRST_WAIT * 2 ** Math.max(0, attempts - 1), LONGEST_WAIT)
}

/** What an answer makes of an entry. Only an answer that is certain ends it; then the personal data is no longer kept here. */
export function settled(entry: Entry, answer: Answer, now: number): Entry {
  const { status, body } = answer
  if (status >= 200 && status < 300) return { ...entry, state: 'done', body: '', answer: body }
  if (status === 401) return { ...entry, state: 'sign-in' }
  if (NOT_DEFINITE.has(status) || status >= 500) return { ...entry, state: 'waiting', nextAt: now + pause(entry.attempts) }
  const problem = (body ?? {}) as { detail?: string; fields?: { path: string; code: string; message: string }[] }
  return { ...entry, state: 'refused', body: '', fault: { status, detail: problem.detail ?? '没有提交成功', fields: problem.fields ?? [] } }
}

export class Outbox {
  private readonly listeners = new Set<() => void>()
  private flushing: Promise<void> | null = null

  constructor(
    private readonly box: Box,
    private readonly send: Send,
    private readonly now: () => number = Date.now,
  ) {}

  entries(): Entry[] {
    return this.box.load()
  }

  find(key: string): Entry | undefined {
    return this.entries().find((entry) => entry.key === key)
  }

  /** Entries without a definite answer. */
  open(): Entry[] {
    return this.entries().filter((entry) => entry.state === 'waiting' || entry.state === 'sending' || entry.state === 'sign-in')
  }

  /** Keep first, send after. The same key again is the same entry: nothing is added. */
  put(entry: Pick<Entry, 'key' | 'kind' | 'path' | 'body' | 'title' | 'service' | 'owner' | 'consent'>): Entry {
    const known = this.find(entry.key)
    if (known) return known
    const now = this.now()
    const fresh: Entry = { ...entry, createdAt: now, state: 'waiting', attempts: 0, nextAt: now }
    this.write([...this.entries(), fresh])
    return fresh
  }

  /** Forget an entry that has its answer. One that has none is never forgotten here. */
  forget(key: string): void {
    this.write(this.entries().filter((entry) => entry.key !== key || !['done', 'refused'].includes(entry.state)))
  }

  /** Send what is due and belongs to `owner`; `all` does not wait for the pause (the network is back, the person pressed the button). */
  flush(owner: string, all = false): Promise<void> {
    this.flushing ??= this.run(owner, all).finally(() => {
      this.flushing = null
    })
    return this.flushing
  }

  /** When the next try is due, or null when nothing waits. */
  nextAt(owner: string): number | null {
    const times = this.entries().filter((entry) => entry.owner === owner && entry.state === 'waiting').map((entry) => entry.nextAt)
    return times.length ? Math.min(...times) : null
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  private async run(owner: string, all: boolean): Promise<void> {
    for (const { key } of this.entries()) {
      const entry = this.find(key)
      if (!entry || entry.owner !== owner || !this.isDue(entry, all)) continue
      this.replace({ ...entry, state: 'sending', attempts: entry.attempts + 1 })
      const answer = await this.send(entry).catch((): Answer => ({ status: 0 }))
      this.replace(settled({ ...entry, attempts: entry.attempts + 1 }, answer, this.now()))
      if (answer.status === 0) return
    }
  }

  /** `sending` in the store means the page was closed in the middle: nobody knows the outcome, so it is sent again. */
  private isDue(entry: Entry, all: boolean): boolean {
    if (entry.state === 'done' || entry.state === 'refused') return false
    return all || entry.state !== 'waiting' || entry.nextAt <= this.now()
  }

  private replace(entry: Entry): void {
    this.write(this.entries().map((known) => (known.key === entry.key ? entry : known)))
  }

  private write(entries: Entry[]): void {
    const finished = entries.filter((entry) => entry.state === 'done' || entry.state === 'refused')
    const old = new Set(finished.slice(0, Math.max(0, finished.length - KEPT)).map((entry) => entry.key))
    this.box.save(entries.filter((entry) => !old.has(entry.key)))
    this.listeners.forEach((listener) => listener())
  }
}
