/** What else a mini-program's platform does for us. */
import Taro from '@tarojs/taro'
import type { PaymentOrder } from '@/api/types'

export const API_BASE: string = process.env.TARO_APP_API ?? ''
export const IS_WEB: boolean = false

/** Call `tell(online)` whenever the connection comes or goes, and `shown` when the mini-program is looked at again. */
export function watchNetwork(tell: (online: boolean) => void, shown: () => void): void {
  Taro.onNetworkStatusChange(({ isConnected }) => tell(isConnected))
  Taro.onAppShow(shown)
}

/** Enough for a key nobody else has: the account is part of a case's identity, the key only tells its own submissions apart. */
export function randomBytes(count: number): Uint8Array {
  return Uint8Array.from({ length: count }, () => Math.floor(Math.random() * 256))
}

export async function loginCode(): Promise<string> {
  const { code } = await Taro.login()
  return code
}

/** A mini-program is no browser: it pays inside its app. */
export function browser(): 'phone' | 'wechat' | 'desk' {
  return 'desk'
}

export function leaveToPay(_address: string): void {}

/** Call up WeChat Pay. Returns whether the person paid. */
export async function callPayment(order: PaymentOrder): Promise<boolean> {
  const given = order.params
  if (!given) return false
  try {
    await Taro.requestPayment({
      timeStamp: given.timeStamp ?? '',
      nonceStr: given.nonceStr ?? '',
      package: given.package ?? '',
      signType: (given.signType ?? 'RSA') as 'RSA',
      paySign: given.paySign ?? '',
    })
    return true
  } catch {
    return false
  }
}

export async function copyText(data: string): Promise<boolean> {
  try {
    await Taro.setClipboardData({ data })
    return true
  } catch {
    return false
  }
}

export function followLink(): void {
  /* the platform opens the page named in its own link */
}

export function keepPages(): void {
  /* the platform keeps the whole mini-program on the phone */
}

let before = -1

/** Make the screen bright and keep it on while something is shown to somebody. */
export function brighten(on: boolean): void {
  void bright(on).catch(() => undefined)
}

async function bright(on: boolean): Promise<void> {
  await Taro.setKeepScreenOn({ keepScreenOn: on })
  if (on) before = (await Taro.getScreenBrightness()).value
  if (on || before >= 0) await Taro.setScreenBrightness({ value: on ? 1 : before })
}

export function titled(title: string): void {
  void Taro.setNavigationBarTitle({ title })
}

/** Nobody changes an address by hand: a page has what it was opened for. */
export function addressed(_name: string, given?: string): string | undefined {
  return given
}

/** The platform itself tells its screen reader of a new page. */
export function arrived(): void {
  /* nothing to do */
}

export function redrawn(): void {
  /* nothing to do */
}

export function focusOn(id: string): void {
  void Taro.pageScrollTo({ selector: `#${id}`, offsetTop: -80, duration: 200 }).catch(() => undefined)
}

export function toTop(): void {
  void Taro.pageScrollTo({ scrollTop: 0, duration: 0 })
}
