/** Says in plain words that the service does not answer, and that it is being tried again. */
import { probe, reach } from '@/state/reach'
import { useStore } from '@/state/store'
import { useOutbox } from '@/state/outbox'
import { Box, Button, Text } from './kit'

export function Banner() {
  const { state } = useStore(reach)
  const waiting = useOutbox().filter((entry) => entry.state === 'waiting' || entry.state === 'sending').length
  const kept = waiting ? `您提交的${waiting}份内容已保存在手机上，连上后自动发送。` : '您填写的内容都已保存。'
  const words = state === 'offline' ? '网络断开了。' : '暂时连不上服务，正在自动重连。'
  return (
    <Box live="polite" role="status" className="banner-place">
      {state === 'ok' ? null : (
        <Box className="banner">
          <Text className="banner-words">{words}{kept}</Text>
          <Button kind="text" className="banner-again" onPress={() => void probe()}>马上重试</Button>
        </Box>
      )}
    </Box>
  )
}
