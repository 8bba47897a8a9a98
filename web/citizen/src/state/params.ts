/** What the address of the present page says, as text. */
import { useRouter } from '@tarojs/taro'

/** WeChat hands parameters on as they were written, the web decoded: both come out the same. */
export function useParam(name: string): string | undefined {
  const raw = useRouter().params[name]
  if (!raw) return undefined
  try {
    return decodeURIComponent(raw)
  } catch {
    return raw
  }
}
