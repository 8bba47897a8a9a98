/** Account and settings of this phone. */
import { useState } from 'react'
import { endSession } from '@/api'
import { stateOn, wordFor } from '@/domain/card'
import { cardsOf } from '@/state/cards'
import { forgetConsent } from '@/state/drafts'
import { go } from '@/state/nav'
import { outbox } from '@/state/outbox'
import { byApp, session } from '@/state/session'
import { bigType, setBigType } from '@/state/settings'
import { useStore } from '@/state/store'
import { Box, Button, Call, Check, Heading, Text } from '@/ui/kit'
import { Note } from '@/ui/Note'
import { OutboxNote } from '@/ui/OutboxNote'
import { Page } from '@/ui/Page'
import { renewalWords } from '@/domain/renewal'
import { chineseDay } from '@shared/days'
import { CERTIFICATE_STATE_NAMES } from '@shared/vocabulary'

export default function Me() {
  const who = useStore(session)
  const big = useStore(bigType)
  const [told, setTold] = useState('')
  const leave = () => {
    const waiting = outbox.open().filter((entry) => entry.owner === who?.account).length
    endSession()
    setTold(waiting ? `已退出。还有${waiting}份没有发出去，下次用同一个账号登录后自动发送。` : '已退出登录。')
  }
  return (
    <Page title="我的" tab="me">
      <OutboxNote />
      <Box className="panel">
        <Heading level={2} className="section-title">账号</Heading>
        {who ? (
          <Box className="setting"><Text className="setting-name">{who.phone ? masked(who.phone) : '微信用户'}，已登录</Text><Button kind="plain" onPress={leave}>退出登录</Button></Box>
        ) : (
          <Box className="setting"><Text className="setting-name">还没有登录</Text><Button kind="primary" onPress={() => go('signin')}>去登录</Button></Box>
        )}
        {who && byApp(who) && !who.phone ? <Box className="setting"><Text className="setting-name">还没有绑定手机</Text><Button kind="plain" onPress={() => go('signin')}>绑定手机</Button></Box> : null}
        {told ? <Note>{told}</Note> : null}
      </Box>
      {who ? <Cards account={who.account} /> : null}
      <Box className="panel">
        <Heading level={2} className="section-title">设置</Heading>
        <Check id="big-type" checked={big} onChange={setBigType}>大字版：字大一些，看得更清楚</Check>
        <Box className="setting">
          <Text className="setting-name">自动填写：只用您同意过的内容</Text>
          <Button kind="plain" onPress={() => { forgetConsent(); setTold('已撤回同意，以后不再自动填写。') }}>撤回同意</Button>
        </Box>
      </Box>
      <Box className="panel">
        <Heading level={2} className="section-title">帮助</Heading>
        <Box className="help-line">政务服务热线 <Call phone="12345" />，24小时有人接。</Box>
        <Box className="help-line">没有网络时，填写的内容和提交的申请都保存在这台手机上，有网后自动发送，不会重复办理。</Box>
      </Box>
    </Page>
  )
}

/** The certificates shown on this phone before, to be shown again. */
function Cards({ account }: { account: string }) {
  const cards = cardsOf(account)
  if (!cards.length) return null
  return (
    <Box className="panel">
      <Heading level={2} className="section-title">我的证照</Heading>
      {cards.map((card) => {
        const words = card.renewal && renewalWords(card.renewal)
        return (
          <Box key={card.number} className="setting">
            <Text className="setting-name">{card.type}，{CERTIFICATE_STATE_NAMES[stateOn(card)]}{card.to ? `，有效期至${chineseDay(card.to)}` : ''}{words && stateOn(card) === 'valid' ? `。${words.words}` : ''}</Text>
            <Button kind="plain" label={`${wordFor(card)}${card.type}`} onPress={() => go('certificate', { case_no: card.caseNo })}>{wordFor(card)}</Button>
          </Box>
        )
      })}
    </Box>
  )
}

function masked(phone: string): string {
  return `${phone.slice(0, 3)}****${phone.slice(-4)}`
}
