/** The first page: what would you like to do? */
import { useState } from 'react'
import { listServices } from '@/api'
import { THEMES } from '@/domain/themes'
import { go, open } from '@/state/nav'
import { useLoad } from '@/state/useLoad'
import { Box, Button, Call, Heading, Text } from '@/ui/kit'
import { Icon } from '@/ui/Icon'
import { OutboxNote } from '@/ui/OutboxNote'
import { Page } from '@/ui/Page'
import { SearchBar } from '@/ui/SearchBar'
import { ServiceCard } from '@/ui/ServiceCard'
import { Waiting } from '@/ui/Waiting'

const SHOWN = 8

export default function Home() {
  const [words, setWords] = useState('')
  const services = useLoad(() => listServices({}), [], 'services')
  return (
    <Page title="蓉易办" tab="index" ownHeading wide>
      <Box className="hero">
        <Heading level={1} className="hero-title" id="page-title" focusable>要办什么事？</Heading>
        <Text className="hero-words">成都市政务服务，一网通办</Text>
        <SearchBar value={words} onChange={setWords} onSearch={() => go('services', { q: words.trim() })} />
      </Box>
      <OutboxNote />
      <Box className="home-cols">
        <Box className="home-side">
          <Heading level={2} className="section-title">分类找</Heading>
          <Box className="themes">
            {THEMES.map((theme) => (
              <Button key={theme.name} kind="bare" className="theme" onPress={() => go('services', { tag: theme.query.tag, audience: theme.query.audience })}>
                <Icon name={theme.icon} className="theme-icon" />
                <Text className="theme-name">{theme.name}</Text>
                <Text className="theme-note">{theme.note}</Text>
              </Button>
            ))}
          </Box>
          <Box className="quick">
            <Button kind="plain" onPress={() => go('status')}><Icon name="clock" />查进度</Button>
            <Button kind="plain" onPress={() => open('cases')}><Icon name="list" />我的办件</Button>
          </Box>
          <Box className="help-line">不会用？打 <Call phone="12345" />，24小时有人接。</Box>
        </Box>
        <Box className="home-main">
          <Heading level={2} className="section-title">常办的事</Heading>
          <Waiting of={services}>
            {(page) => (
              <>
                <Box as="ul" className="cards">{page.items.slice(0, SHOWN).map((service) => <ServiceCard key={service.code} service={service} />)}</Box>
                {page.items.length > SHOWN || page.next ? <Button kind="text" onPress={() => go('services')}>查看全部事项</Button> : null}
              </>
            )}
          </Waiting>
        </Box>
      </Box>
    </Page>
  )
}
