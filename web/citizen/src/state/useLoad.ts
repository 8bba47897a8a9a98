/** Load something for a page, show what was kept meanwhile, and load again by itself when the service is back. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError, wordsOf } from '@/domain/problem'
import { read, write } from '@/platform/store'
import { reach } from './reach'
import { useStore } from './store'

export interface Loaded<T> {
  data: T | null
  fault: string
  status: number
  loading: boolean
  /** What is shown was kept from an earlier time; the service did not answer. */
  stale: boolean
  reload: () => Promise<void>
}

/** `keep`: name under which the answer is kept on the phone (only for what is public). A null `load` waits. */
export function useLoad<T>(load: (() => Promise<T>) | null, deps: unknown[], keep?: string): Loaded<T> {
  const { epoch } = useStore(reach)
  const [state, setState] = useState<Omit<Loaded<T>, 'reload'>>({ data: null, fault: '', status: 0, loading: true, stale: false })
  const turn = useRef(0)

  const reload = useCallback(async () => {
    if (!load) return
    const mine = ++turn.current
    setState((old) => ({ ...old, loading: true }))
    try {
      const data = await load()
      if (keep) write(`kept.${keep}`, data)
      if (mine === turn.current) setState({ data, fault: '', status: 200, loading: false, stale: false })
    } catch (error) {
      if (mine !== turn.current) return
      const lost = error instanceof ApiError && error.unreachable
      setState((old) => {
        const data = old.data ?? (lost && keep ? read<T>(`kept.${keep}`) : null)
        return { data, fault: wordsOf(error), status: error instanceof ApiError ? error.status : 0, loading: false, stale: data !== null }
      })
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, deps)

  useEffect(() => {
    setState((old) => ({ ...old, data: null, fault: '' }))
    void reload()
  }, [reload])
  useEffect(() => {
    if (epoch > 0) void reload()
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [epoch])
  return { ...state, reload }
}
