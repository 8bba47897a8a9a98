/** Ask again from time to time while the page is in sight. */
import { useDidHide, useDidShow } from '@tarojs/taro'
import { useEffect, useRef } from 'react'
import { reach } from './reach'

export function usePolling(ask: () => Promise<void>, every: number, on = true): void {
  const latest = useRef(ask)
  const shown = useRef(true)
  latest.current = ask
  useDidShow(() => {
    shown.current = true
  })
  useDidHide(() => {
    shown.current = false
  })
  useEffect(() => {
    if (!on) return
    const inSight = () => shown.current && (typeof document === 'undefined' || document.visibilityState !== 'hidden')
    const timer = setInterval(() => {
      if (inSight() && reach.get().state === 'ok') void latest.current()
    }, every)
    return () => clearInterval(timer)
  }, [every, on])
}
