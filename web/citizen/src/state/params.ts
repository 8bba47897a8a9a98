/** What the address of the present page says, as text. */
import { useDidShow, useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { addressed } from '@/platform/device'

/** WeChat hands parameters on as they were written, the web decoded: both come out the same. */
export function useParam(name: string): string | undefined {
  const given = useRouter().params[name]
  const [raw, setRaw] = useState(given)
  useDidShow(() => setRaw(addressed(name, given)))
  if (!raw) return undefined
  try {
    return decodeURIComponent(raw)
  } catch {
    return raw
  }
}
