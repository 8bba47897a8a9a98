/** A page of one's own things, before one is signed in. */
import type { ReactNode } from 'react'
import { go } from '@/state/nav'
import { session } from '@/state/session'
import { useStore } from '@/state/store'
import { Button } from './kit'
import { Empty } from './Empty'

export function NeedSignIn({ words, children }: { words: string; children: () => ReactNode }) {
  const who = useStore(session)
  if (who) return <>{children()}</>
  return (
    <Empty words={words}>
      <Button kind="primary" onPress={() => go('signin')}>去登录</Button>
      <Button kind="text" onPress={() => go('status')}>不登录，凭办件号查进度</Button>
    </Empty>
  )
}
