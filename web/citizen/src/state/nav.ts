/** Going from page to page. */
import Taro from '@tarojs/taro'
import { queryString } from '@/domain/search'

export type PageName =
  | 'index' | 'services' | 'guide' | 'apply' | 'receipt' | 'cases' | 'case' | 'certificate' | 'supplement' | 'pay' | 'rate' | 'status' | 'messages' | 'signin' | 'me'

const url = (page: PageName, params: Record<string, string | undefined> = {}) => `/pages/${page}/index${queryString(params)}`

export const go = (page: PageName, params?: Record<string, string | undefined>) => void Taro.navigateTo({ url: url(page, params) })
/** Take the place of the present page: going back does not return to it. */
export const replace = (page: PageName, params?: Record<string, string | undefined>) => void Taro.redirectTo({ url: url(page, params) })
/** A main page: nothing to go back to. */
export const open = (page: PageName, params?: Record<string, string | undefined>) => void Taro.reLaunch({ url: url(page, params) })

export function back(): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack()
  else open('index')
}
