/** Whether the service answers. While it does not, it is asked again by itself; `epoch` counts the recoveries, so that pages reload. */
import { http } from '@/platform/http'
import { API_BASE, watchNetwork } from '@/platform/device'
import { Store } from './store'

export interface Reach {
  state: 'ok' | 'down' | 'offline'
  epoch: number
}

const SOON = 2_000
const LATE = 15_000

export const reach = new Store<Reach>({ state: 'ok', epoch: 0 })
let timer: ReturnType<typeof setTimeout> | undefined
let wait = SOON

export function answered(): void {
  const { state, epoch } = reach.get()
  if (state === 'ok') return
  clearTimeout(timer)
  wait = SOON
  reach.set({ state: 'ok', epoch: epoch + 1 })
}

export function silent(): void {
  const { state, epoch } = reach.get()
  if (state === 'ok') reach.set({ state: 'down', epoch })
  schedule()
}

/** Begin to watch the connection; once, at the start. */
export function startWatching(): void {
  watchNetwork(
    (online) => {
      const { epoch } = reach.get()
      if (!online) reach.set({ state: 'offline', epoch })
      else if (reach.get().state !== 'ok') void probe()
    },
    () => {
      if (reach.get().state !== 'ok') void probe()
      else reach.set({ state: 'ok', epoch: reach.get().epoch })
    },
  )
}

function schedule(): void {
  clearTimeout(timer)
  timer = setTimeout(() => void probe(), wait)
  wait = Math.min(wait * 1.6, LATE)
}

export async function probe(): Promise<void> {
  clearTimeout(timer)
  const { status } = await http({ method: 'GET', url: `${API_BASE}/v1/health`, headers: {}, timeout: 6_000 })
  if (status >= 200 && status < 300) answered()
  else schedule()
}
