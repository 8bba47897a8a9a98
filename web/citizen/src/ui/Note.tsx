/** A coloured note: what is known, what to mind, what went wrong. */
import type { ReactNode } from 'react'
import { Box } from './kit'

export function Note({ kind = 'info', children }: { kind?: 'info' | 'warn' | 'wrong' | 'good'; children: ReactNode }) {
  return <Box className={`note note-${kind}`} role={kind === 'wrong' ? 'alert' : undefined}>{children}</Box>
}
