/** The frame of every page: what is above, what is wrong with the network, where else to go. */
import { useDidShow } from '@tarojs/taro'
import { type ReactNode, useEffect } from 'react'
import { arrived, IS_WEB, redrawn, titled } from '@/platform/device'
import { back, open } from '@/state/nav'
import { bigType, setBigType } from '@/state/settings'
import { useStore } from '@/state/store'
import { Box, Button, Heading, Text } from './kit'
import { Banner } from './Banner'
import { Icon } from './Icon'

export type Tab = 'index' | 'cases' | 'messages' | 'me'

const TABS: { tab: Tab; name: string; icon: 'home' | 'list' | 'bell' | 'person' }[] = [
  { tab: 'index', name: '首页', icon: 'home' },
  { tab: 'cases', name: '我的办件', icon: 'list' },
  { tab: 'messages', name: '消息', icon: 'bell' },
  { tab: 'me', name: '我的', icon: 'person' },
]

interface Props {
  title: string
  tab?: Tab
  /** The page draws its own first heading. */
  ownHeading?: boolean
  wide?: boolean
  children: ReactNode
  /** Buttons that stay in reach at the bottom. */
  actions?: ReactNode
}

export function Page({ title, tab, ownHeading, wide, children, actions }: Props) {
  const big = useStore(bigType)
  useDidShow(() => {
    titled(title)
    arrived()
  })
  useEffect(() => titled(title), [title])
  useEffect(redrawn, [])
  const kind = IS_WEB ? 'on-web' : 'on-mini'
  return (
    <Box className={`page ${kind} ${big ? 'big' : ''} ${tab ? 'has-tabs' : ''} ${actions ? 'has-actions' : ''}`}>
      <Box as="header" className="top">
        <Box className="top-in">
          {tab ? <Text className="brand">蓉易办</Text> : (
            <Button kind="bare" className="top-back" label="返回" onPress={back}><Icon name="back" /><Text>返回</Text></Button>
          )}
          <Text className="top-title" decorative>{tab ? '' : '蓉易办'}</Text>
          <Tabs tab={tab} />
          <Button kind="bare" className="top-size" onPress={() => setBigType(!big)}>{big ? '标准版' : '大字版'}</Button>
        </Box>
      </Box>
      <Banner />
      <Box as="main" className={`main ${wide ? 'main-wide' : ''}`}>
        {ownHeading ? null : <Heading level={1} className="page-title" id="page-title" focusable>{title}</Heading>}
        {children}
      </Box>
      {actions ? <Box className="actions"><Box className="actions-in">{actions}</Box></Box> : null}
    </Box>
  )
}

function Tabs({ tab }: { tab?: Tab }) {
  return (
    <Box as="nav" className={`tabs ${tab ? '' : 'tabs-aside'}`} label="主导航">
      {TABS.map((each) => (
        <Button key={each.tab} kind="bare" className={`tab ${each.tab === tab ? 'tab-on' : ''}`} current={each.tab === tab} onPress={() => open(each.tab)}>
          <Icon name={each.icon} /><Text className="tab-name">{each.name}</Text>
        </Button>
      ))}
    </Box>
  )
}
