/** What the citizen sent and the service has not yet answered. */
import { go } from '@/state/nav'
import { sendNow, useOutbox } from '@/state/outbox'
import { session } from '@/state/session'
import { useStore } from '@/state/store'
import { Box, Button, Text } from './kit'

export function OutboxNote() {
  const who = useStore(session)
  const open = useOutbox().filter((entry) => entry.state !== 'done')
  if (!open.length) return null
  return (
    <Box className="outbox" role="status">
      {open.map((entry) => (
        <Box key={entry.key} className="outbox-row">
          <Text className="outbox-words">{entry.title}：{WORDS[entry.state === 'refused' ? 'refused' : who ? entry.state : 'sign-in']}</Text>
          {entry.state === 'refused' ? null : <Button kind="text" onPress={() => (who ? void sendNow(true) : go('signin'))}>{who && entry.state !== 'sign-in' ? '马上发送' : '去登录'}</Button>}
          <Button kind="text" onPress={() => go('receipt', { key: entry.key })}>查看</Button>
        </Box>
      ))}
    </Box>
  )
}

const WORDS: Record<string, string> = {
  waiting: '已保存，等待发送',
  sending: '正在发送',
  'sign-in': '已保存，登录后发送',
  refused: '没有提交成功，请修改',
}
