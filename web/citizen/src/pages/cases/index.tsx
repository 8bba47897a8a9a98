/** My cases, newest first. */
import { useDidShow } from '@tarojs/taro'
import { useState } from 'react'
import { listCases } from '@/api'
import type { CaseSummary } from '@/api/types'
import { promise, timeText } from '@/domain/due'
import { go, open } from '@/state/nav'
import { session } from '@/state/session'
import { useStore } from '@/state/store'
import { useLoad } from '@/state/useLoad'
import { Box, Button, Part, Text } from '@/ui/kit'
import { Empty } from '@/ui/Empty'
import { Icon } from '@/ui/Icon'
import { NeedSignIn } from '@/ui/NeedSignIn'
import { OutboxNote } from '@/ui/OutboxNote'
import { Page } from '@/ui/Page'
import { StatusTag } from '@/ui/StatusTag'
import { Waiting } from '@/ui/Waiting'
import { grouped } from '@shared/caseNo'

export default function Cases() {
  return (
    <Page title="我的办件" tab="cases">
      <OutboxNote />
      <NeedSignIn words="登录后可以看到您申请过的事。">{() => <List />}</NeedSignIn>
    </Page>
  )
}

function List() {
  const who = useStore(session)
  const cases = useLoad(() => listCases(), [who?.account])
  const [more, setMore] = useState<{ items: CaseSummary[]; next?: string } | null>(null)
  useDidShow(() => {
    setMore(null)
    if (cases.data) void cases.reload()
  })
  const loadMore = async (from: string) => {
    const page = await listCases(from)
    setMore((old) => ({ items: [...(old?.items ?? []), ...page.items], next: page.next }))
  }
  return (
    <Waiting of={cases}>
      {(page) => {
        const items = [...page.items, ...(more?.items ?? [])]
        const next = more ? more.next : page.next
        if (!items.length) return <Empty words="您还没有申请过。"><Button kind="primary" onPress={() => open('index')}>去看看能办什么</Button></Empty>
        return (
          <>
            <Box as="ul" className="cards">{items.map((item) => <Row key={item.case_no} item={item} />)}</Box>
            {next ? <Button kind="plain" onPress={() => void loadMore(next)}>再看一些</Button> : null}
          </>
        )
      }}
    </Waiting>
  )
}

function Row({ item }: { item: CaseSummary }) {
  const due = promise(item)
  return (
    <Box as="li" className="cards-item">
      <Button kind="bare" className="card" onPress={() => go('case', { case_no: item.case_no })}>
        <Part className="card-main">
          <Part className="card-line"><Text className="card-title">{item.service_name}</Text><StatusTag status={item.status} name={item.status_name} /></Part>
          <Text className="card-words">办件号 {grouped(item.case_no)}</Text>
          <Text className="card-words">{timeText(item.received_at)}申请，{item.applicant}</Text>
          {due.lamp === 'done' ? null : <Text className={`due due-${due.lamp}`}>{due.text}</Text>}
        </Part>
        <Icon name="next" className="card-go" />
      </Button>
    </Box>
  )
}
