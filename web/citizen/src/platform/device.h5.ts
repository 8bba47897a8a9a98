/** What else the browser does for us. */
import type { PaymentOrder } from '@/api/types'
import { pageOf } from '@/domain/deeplink'

export const API_BASE: string = process.env.TARO_APP_API ?? ''
export const IS_WEB: boolean = true

/** Call `tell(online)` whenever the connection comes or goes, and `shown` when the page is looked at again. */
export function watchNetwork(tell: (online: boolean) => void, shown: () => void): void {
  window.addEventListener('online', () => tell(true))
  window.addEventListener('offline', () => tell(false))
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && shown())
  if (navigator.onLine === false) tell(false)
}

export function randomBytes(count: number): Uint8Array {
  return window.crypto.getRandomValues(new Uint8Array(count))
}

export async function loginCode(): Promise<string> {
  throw new Error('网页没有小程序登录')
}

/** Where a page is looked at: on a phone a code on its own screen cannot be scanned, and WeChat's own browser opens no page of WeChat Pay. */
export function browser(): 'phone' | 'wechat' | 'desk' {
  const agent = navigator.userAgent
  if (/MicroMessenger/i.test(agent)) return 'wechat'
  return /Android|iPhone|iPod|HarmonyOS|Mobile/i.test(agent) ? 'phone' : 'desk'
}

/** Leave for the payment party's page; it sends the browser back here. */
export function leaveToPay(address: string): void {
  const url = new URL(address)
  url.searchParams.set('redirect_url', window.location.href)
  window.location.assign(url)
}

/** The browser cannot call up WeChat Pay by itself; the page shows a code to scan. */
export async function callPayment(_order: PaymentOrder): Promise<boolean> {
  return false
}

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

/** Turn the plain link of a message (`/rate/…`) into the page it means, before the router reads the address. */
export function followLink(): void {
  const page = window.location.hash ? null : pageOf(window.location.pathname, window.location.search)
  if (page) window.history.replaceState(null, '', `/#${page}`)
}

/** What the address says now: changed by hand, it may bring back a page that was kept with what it was opened for. */
export function addressed(name: string, _given?: string): string | undefined {
  return new URLSearchParams(window.location.hash.split('?')[1] ?? '').get(name) ?? undefined
}

/** Keep the page's files in the browser, so that it goes on without a network. Where that is not possible, it works as before. */
export function keepPages(): void {
  if (process.env.NODE_ENV !== 'production' || !('serviceWorker' in navigator)) return
  window.addEventListener('load', () => void navigator.serviceWorker.register('/sw.js').catch(() => undefined))
}

let awake: { release(): Promise<void> } | null = null

/** Keep the screen on while something is shown to somebody; a browser cannot make it brighter. */
export function brighten(on: boolean): void {
  void awake?.release().catch(() => undefined)
  awake = null
  if (on) void navigator.wakeLock?.request('screen').then((lock) => (awake = lock)).catch(() => undefined)
}

export function titled(title: string): void {
  document.title = title === '蓉易办' ? title : `${title} - 蓉易办`
}

/** Pages gone from stay in the document, hidden: only the one in sight counts. */
const inSight = () => document.querySelector<HTMLElement>('.taro_page:not(.taro_page_shade)')

let first = true

/** After going to another page, the keyboard and the screen reader begin at its heading. */
export function arrived(): void {
  if (!first) window.setTimeout(() => inSight()?.querySelector<HTMLElement>('#page-title')?.focus({ preventScroll: true }), 80)
  first = false
}

/** A page was drawn anew in its place, because its data came: the heading that had the focus is gone with the old one. */
export function redrawn(): void {
  if (!first && document.activeElement === document.body) arrived()
}

/** Bring what matters into view and give it the keyboard: the first fault of a form, the heading of a new step. */
export function focusOn(id: string): void {
  window.setTimeout(() => {
    const found = inSight()?.querySelector<HTMLElement>(`[id="${id}"]`)
    if (!found) return
    found.focus({ preventScroll: true })
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    found.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' })
  }, 60)
}

export function toTop(): void {
  inSight()?.scrollTo({ top: 0 })
}
