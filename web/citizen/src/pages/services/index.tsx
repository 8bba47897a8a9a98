/** Services found by words or by theme. */
import { useState } from 'react'
import { listServices } from '@/api'
import type { ServiceSummary } from '@/api/types'
import { ApiError } from '@/domain/problem'
import { matches, type Query } from '@/domain/search'
import { THEMES, themeName } from '@/domain/themes'
import { read } from '@/platform/store'
import { useParam } from '@/state/params'
import { useLoad } from '@/state/useLoad'
import { Box, Button, Text } from '@/ui/kit'
import { Empty } from '@/ui/Empty'
import { Page } from '@/ui/Page'
import { SearchBar } from '@/ui/SearchBar'
import { ServiceCard } from '@/ui/ServiceCard'
import { Waiting } from '@/ui/Waiting'

interface Found {
  items: ServiceSummary[]
  next?: string
}

export default function Services() {
  const given: Query = { q: useParam('q'), tag: useParam('tag'), audience: useParam('audience'), topic: useParam('topic') }
  const [words, setWords] = useState(given.q ?? '')
  const [query, setQuery] = useState<Query>(given)
  const found = useLoad(() => find(query), [JSON.stringify(query)])
  const [more, setMore] = useState<Found | null>(null)
  const choose = (next: Query) => {
    setMore(null)
    setQuery(next)
  }
  const loadMore = async (next: string) => {
    const page = await listServices({ ...query, next })
    setMore({ items: [...(more?.items ?? []), ...page.items], next: page.next })
  }
  return (
    <Page title={themeName(query) || '办事事项'} wide>
      <SearchBar value={words} onChange={setWords} onSearch={() => choose({ ...query, q: words.trim() || undefined })} />
      <Box className="chips" role="group" label="按类别筛选">
        <Button kind="bare" className="chip" pressed={!query.tag && !query.audience} onPress={() => choose({ q: query.q })}>全部</Button>
        {THEMES.map(({ name, query: theme }) => (
          <Button key={name} kind="bare" className="chip" pressed={theme.tag === query.tag && theme.audience === query.audience} onPress={() => choose({ q: query.q, ...theme })}>{name}</Button>
        ))}
      </Box>
      <Waiting of={found}>
        {(page) => {
          const items = [...page.items, ...(more?.items ?? [])]
          const next = more ? more.next : page.next
          return items.length ? (
            <>
              <Box role="status" className="count"><Text>找到{items.length}{next ? '个以上' : '个'}事项</Text></Box>
              <Box as="ul" className="cards cards-two">{items.map((service) => <ServiceCard key={service.code} service={service} />)}</Box>
              {next ? <Button kind="plain" onPress={() => void loadMore(next)}>再看一些</Button> : null}
            </>
          ) : (
            <Empty words={query.q ? `没有找到和“${query.q}”有关的事项。换个说法试试，或拨打12345询问。` : '这一类暂时没有事项。'} />
          )
        }}
      </Waiting>
    </Page>
  )
}

/** Ask the service; while it does not answer, look through what was kept on the phone. */
async function find(query: Query): Promise<Found> {
  try {
    return await listServices({ ...query })
  } catch (error) {
    const kept = error instanceof ApiError && error.unreachable ? read<Found>('kept.services') : null
    if (!kept) throw error
    return { items: kept.items.filter((service) => matches(service, query)) }
  }
}
