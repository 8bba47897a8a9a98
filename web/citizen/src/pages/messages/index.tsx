/** Everything my cases had to tell me, newest first. */
import { useDidShow } from '@tarojs/taro'
import { getCase, listCases } from '@/api'
import { timeText } from '@/domain/due'
import { messagesOf, type Message } from '@/domain/messages'
import { noticeText } from '@/domain/notices'
import { go } from '@/state/nav'
import { session } from '@/state/session'
import { useStore } from '@/state/store'
import { useLoad } from '@/state/useLoad'
import { Box, Button, Part, Text } from '@/ui/kit'
import { Empty } from '@/ui/Empty'
import { NeedSignIn } from '@/ui/NeedSignIn'
import { Page } from '@/ui/Page'
import { Waiting } from '@/ui/Waiting'

const CASES = 10

export default function Messages() {
  return (
    <Page title="我的消息" tab="messages">
      <NeedSignIn words="登录后可以看到办件的消息。">{() => <List />}</NeedSignIn>
    </Page>
  )
}

async function load(): Promise<Message[]> {
  const { items } = await listCases()
  return messagesOf(await Promise.all(items.slice(0, CASES).map((item) => getCase(item.case_no))))
}

function List() {
  const who = useStore(session)
  const messages = useLoad(load, [who?.account])
  useDidShow(() => void (messages.data && messages.reload()))
  return (
    <Waiting of={messages}>
      {(items) =>
        items.length ? (
          <Box as="ul" className="cards">
            {items.map((item, index) => (
              <Box as="li" key={index} className="cards-item">
                <Button kind="bare" className="card" onPress={() => go('case', { case_no: item.caseNo })}>
                  <Part className="card-main">
                    <Text className="card-title">{item.service}</Text>
                    <Text className="message-text">{item.text}</Text>
                    <Text className="card-words">{timeText(item.at)}，{noticeText(item.notice)}</Text>
                  </Part>
                </Button>
              </Box>
            ))}
          </Box>
        ) : <Empty words="还没有消息。申请后，发给您的通知都在这里。" />
      }
    </Waiting>
  )
}
