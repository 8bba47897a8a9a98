/** What a page shows while it loads, and when it could not. */
import type { ReactNode } from 'react'
import type { Loaded } from '@/state/useLoad'
import { Box, Button, Text } from './kit'
import { Note } from './Note'

export function Waiting<T>({ of, children }: { of: Loaded<T>; children: (data: T) => ReactNode }) {
  if (of.data !== null) {
    return (
      <>
        {of.stale ? <Note kind="warn">{of.fault}。下面是之前保存的内容。</Note> : null}
        {children(of.data)}
      </>
    )
  }
  if (of.loading) return <Box className="waiting" role="status" live="polite"><Text>正在加载…</Text></Box>
  return (
    <Box className="empty" role="alert">
      <Text className="empty-words">{of.fault}</Text>
      <Button kind="plain" onPress={() => void of.reload()}>重新加载</Button>
    </Box>
  )
}
