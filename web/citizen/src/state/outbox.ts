/** The outbox of this phone: stored, sent with the signed-in account, tried again when the network or the time is right. */
import { raw } from '@/api/client'
import { Outbox, type Entry } from '@/domain/outbox'
import { randomBytes } from '@/platform/device'
import { read, write } from '@/platform/store'
import { useEffect, useState } from 'react'
import { reach } from './reach'
import { session } from './session'

const NAME = 'outbox'

export const outbox = new Outbox(
  { load: () => read<Entry[]>(NAME) ?? [], save: (entries) => write(NAME, entries) },
  (entry) => raw('POST', entry.path, { raw: entry.body, key: entry.key }),
)

let timer: ReturnType<typeof setTimeout> | undefined

/** Send what waits for the signed-in account; then wait for the next try. */
export async function sendNow(all = false): Promise<void> {
  const who = session.get()
  if (!who) return
  await outbox.flush(who.account, all)
  schedule()
}

function schedule(): void {
  clearTimeout(timer)
  const who = session.get()
  const due = who ? outbox.nextAt(who.account) : null
  if (due !== null) timer = setTimeout(() => void sendNow(), Math.max(300, due - Date.now()))
}

/** Begin to send by itself: at the start, after a sign-in, when the service is back. */
export function startSending(): void {
  let epoch = reach.get().epoch
  reach.subscribe(() => {
    const now = reach.get()
    if (now.state === 'ok' && now.epoch !== epoch) {
      epoch = now.epoch
      void sendNow(true)
    }
  })
  session.subscribe(() => void sendNow(true))
  void sendNow(true)
}

export function newKey(): string {
  return Array.from(randomBytes(16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Watch the outbox; the list is of the signed-in account only. */
export function useOutbox(): Entry[] {
  const [entries, setEntries] = useState(mine)
  useEffect(() => {
    const again = () => setEntries(mine())
    const stops = [outbox.subscribe(again), session.subscribe(again)]
    again()
    return () => stops.forEach((stop) => stop())
  }, [])
  return entries
}

function mine(): Entry[] {
  const who = session.get()
  return outbox.entries().filter((entry) => !who || entry.owner === who.account)
}
