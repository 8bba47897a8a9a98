/** Nothing here yet, and what to do about it. */
import type { ReactNode } from 'react'
import { Box, Text } from './kit'

export function Empty({ words, children }: { words: string; children?: ReactNode }) {
  return <Box className="empty"><Text className="empty-words">{words}</Text>{children}</Box>
}
