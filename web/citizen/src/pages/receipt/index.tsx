/** What became of what was sent: waiting, received (the case number, large), or refused with a reason. */
import { useEffect, useState } from 'react'
import type { Receipt, Supplemented } from '@/api/types'
import { byText, promise, timeText } from '@/domain/due'
import type { Entry } from '@/domain/outbox'
import { askedWords } from '@/domain/renewal'
import { copyText } from '@/platform/device'
import { go, open, replace } from '@/state/nav'
import { sendNow, useOutbox } from '@/state/outbox'
import { useParam } from '@/state/params'
import { session } from '@/state/session'
import { useStore } from '@/state/store'
import { Box, Button, Heading, Text } from '@/ui/kit'
import { Empty } from '@/ui/Empty'
import { Icon } from '@/ui/Icon'
import { MissingList } from '@/ui/MissingList'
import { Note } from '@/ui/Note'
import { Page } from '@/ui/Page'
import { grouped } from '@shared/caseNo'
import { totalText } from '@shared/fee'

export default function ReceiptPage() {
  const key = useParam('key') ?? ''
  const entry = useOutbox().find((each) => each.key === key)
  useEffect(() => void sendNow(), [])
  const sending = entry?.state === 'sending' && entry.attempts <= 1
  const title = entry?.state === 'done' ? '提交成功' : entry?.state === 'refused' ? '没有提交成功' : sending ? '正在提交' : '等待发送'
  return (
    <Page title={entry ? title : '收件回执'}>
      {!entry ? <Empty words="没有找到这份回执。已收件的可以在“我的办件”里看到。"><Button kind="plain" onPress={() => open('cases')}>我的办件</Button></Empty> : null}
      {entry?.state === 'done' ? (entry.kind === 'supplement' ? <HandedIn answer={entry.answer as Supplemented} /> : <Received receipt={entry.answer as Receipt} />) : null}
      {entry?.state === 'refused' ? <Refused entry={entry} /> : null}
      {entry && entry.state !== 'done' && entry.state !== 'refused' ? <OnItsWay entry={entry} /> : null}
    </Page>
  )
}

function Received({ receipt }: { receipt: Receipt }) {
  const missing = receipt.missing_materials ?? []
  return (
    <Box className="panel receipt" role="status">
      <Icon name="ok" className="receipt-icon" />
      <Heading level={2} className="receipt-title">我们收到了您的申请</Heading>
      <CaseNo of={receipt.case_no} />
      {receipt.promised_by ? <Text className="receipt-words">{receipt.service_name}，{timeText(receipt.received_at)}收件，{byText(receipt)}。</Text> : null}
      {receipt.renewal ? <Note kind={receipt.renewal.timely ? 'info' : 'warn'}>{askedWords(receipt.renewal)}</Note> : null}
      {receipt.fee ? <Note>按申请表所填，准予后{receipt.fee.total_fen ? `要缴费${totalText(receipt.fee.total_fen)}` : '不用缴费'}；办理中可以在办件详情里看到怎么算的。</Note> : null}
      {missing.length ? <Note kind="warn">还缺：{missing.map((material) => material.name).join('、')}。可以在“我的办件”里补交；工作人员要求补正的，会通知您。</Note> : null}
      <Text className="receipt-words">受理、决定等进度会发微信或短信告诉您，也可以凭办件号和证件后四位随时查。</Text>
      <Box className="row row-center">
        <Button kind="primary" onPress={() => replace('case', { case_no: receipt.case_no })}>查看办理进度</Button>
        <Button kind="plain" onPress={() => open('index')}>回首页</Button>
      </Box>
    </Box>
  )
}

/** What was taken of a supplement, and what is still to come. */
function HandedIn({ answer }: { answer: Supplemented }) {
  const { case_no, missing, text } = answer
  const look = () => replace('case', { case_no })
  return (
    <Box className="panel receipt" role="status">
      <Icon name="ok" className="receipt-icon" />
      <Heading level={2} className="receipt-title">{missing.length ? '已收到，还没有补齐' : '补正材料已收到'}</Heading>
      <Text className="receipt-words">{text.replace(/。$/, '')}。</Text>
      {missing.length ? <Note kind="warn"><MissingList missing={missing} /></Note> : null}
      <CaseNo of={case_no} />
      <Text className="receipt-words">{answer.service_name}，{promise(answer).text}。</Text>
      <Box className="row row-center">
        {missing.length ? <Button kind="primary" onPress={() => replace('supplement', { case_no })}>继续补正</Button> : null}
        <Button kind={missing.length ? 'plain' : 'primary'} onPress={look}>查看办理进度</Button>
        {missing.length ? null : <Button kind="plain" onPress={() => open('index')}>回首页</Button>}
      </Box>
    </Box>
  )
}

function CaseNo({ of }: { of: string }) {
  const [copied, setCopied] = useState('')
  const copy = async () => setCopied((await copyText(of)) ? '已复制' : '请长按号码复制')
  return (
    <>
      <Text className="receipt-label">办件号</Text>
      <Text className="receipt-no" id="case-no">{grouped(of)}</Text>
      <Button kind="text" onPress={() => void copy()}>{copied || '复制办件号'}</Button>
    </>
  )
}

function OnItsWay({ entry }: { entry: Entry }) {
  const who = useStore(session)
  const ask = !who || entry.state === 'sign-in'
  return (
    <Box className="panel receipt" role="status">
      <Heading level={2} className="receipt-title">{entry.state === 'sending' && entry.attempts <= 1 ? '正在提交，请稍候' : '已保存，等网络恢复后自动发送'}</Heading>
      {ask ? <Note kind="warn">登录过期了，登录后会自动接着提交。</Note> : null}
      <Text className="receipt-words">{entry.title}已经存在这台手机上。关掉页面也不会丢，不用重复提交，只会办理一次。</Text>
      <Box className="row row-center">
        {ask ? <Button kind="primary" onPress={() => go('signin')}>去登录</Button> : <Button kind="primary" onPress={() => void sendNow(true)}>马上重试</Button>}
        <Button kind="plain" onPress={() => open('index')}>回首页</Button>
      </Box>
    </Box>
  )
}

function Refused({ entry }: { entry: Entry }) {
  const caseNo = /^\/v1\/cases\/(\d{12})\//.exec(entry.path)?.[1]
  const mend = () => (entry.kind === 'application' ? replace('apply', { code: entry.service }) : replace('supplement', { case_no: caseNo }))
  return (
    <Box className="panel receipt">
      <Note kind="wrong">{entry.fault?.detail ?? '内容需要修改'}</Note>
      <Text className="receipt-words">您填写的内容都还在，改好再提交就行。</Text>
      <Box className="row row-center">
        <Button kind="primary" onPress={mend}>返回修改</Button>
        <Button kind="plain" onPress={() => open('index')}>回首页</Button>
      </Box>
    </Box>
  )
}
