/** What the citizen can do with a case now: must, and may. */
import { useState } from 'react'
import { withdraw } from '@/api'
import type { Case } from '@/api/types'
import { wordsOf } from '@/domain/problem'
import { go } from '@/state/nav'
import { newKey } from '@/state/outbox'
import { Box, Button, Heading, Text } from '@/ui/kit'
import { MissingList } from '@/ui/MissingList'
import { Note } from '@/ui/Note'
import { TextField } from '@/ui/TextField'
import { lackingBeside } from '@shared/missing'
import { untilText } from '@shared/fee'
import { yuan } from '@shared/money'

/** What has to be done for the case to go on. */
export function Todo({ data }: { data: Case }) {
  const can = (what: Case['can'][number]) => data.can.includes(what)
  const params = { case_no: data.case_no }
  return (
    <>
      {can('supplement') && (data.missing.length || lackingBeside(data).length) ? (
        <Box className="panel ask">
          <Heading level={2} className="section-title">{data.missing.length ? '请补正材料' : '请补交材料'}</Heading>
          <MissingList missing={data.missing} lacking={lackingBeside(data)} />
          <Button kind="primary" className="btn-block" onPress={() => go('supplement', params)}>{data.missing.length ? '去补正' : '去补交'}</Button>
        </Box>
      ) : null}
      {can('pay') ? (
        <Box className="panel ask">
          <Heading level={2} className="section-title">请缴费</Heading>
          {data.payment ? <Text className="amount">{yuan(data.payment.amount_fen)}元</Text> : null}
          {data.payment?.until ? <Text className="field-ask">请在{untilText(data.payment.until, data.payment.provisional)}前缴费，逾期办件终止。</Text> : null}
          {data.payment?.counter ? <Text className="field-ask">没有微信的，可以到{data.payment.counter.address}缴现金、刷卡，{data.payment.counter.hours}。</Text> : null}
          <Button kind="primary" className="btn-block" onPress={() => go('pay', params)}>去缴费</Button>
        </Box>
      ) : null}
    </>
  )
}

/** What may be done. */
export function Also({ data, onChanged }: { data: Case; onChanged: () => Promise<void> }) {
  const can = (what: Case['can'][number]) => data.can.includes(what)
  return (
    <>
      {can('rate') ? <Rate data={data} /> : null}
      {can('supplement') && !data.missing.length && !lackingBeside(data).length ? (
        <Button kind="text" onPress={() => go('supplement', { case_no: data.case_no })}>补交其他材料</Button>
      ) : null}
      {can('withdraw') ? <Withdraw caseNo={data.case_no} paid={data.payment?.state === 'paid'} onChanged={onChanged} /> : null}
    </>
  )
}

/** What is asked now: how it was, or whether what was rated badly is solved. Who has said it may add to it, and is asked nothing. */
function Rate({ data: { case_no, rating } }: { data: Case }) {
  const answer = rating?.answer
  if (answer?.again_until) {
    return (
      <Box className="panel ask">
        <Heading level={2} className="section-title">您评价的问题解决了吗？</Heading>
        <Text className="field-ask">办理部门{answer.answer === 'rectified' ? '已整改' : '说明'}：{answer.text}</Text>
        <Button kind="primary" className="btn-block" onPress={() => go('rate', { case_no, again: '1' })}>再评价一次</Button>
      </Box>
    )
  }
  if (rating) return <Button kind="text" onPress={() => go('rate', { case_no })}>补充评价（追评，一次）</Button>
  return (
    <Box className="panel ask">
      <Heading level={2} className="section-title">这次服务怎么样？</Heading>
      <Button kind="primary" className="btn-block" onPress={() => go('rate', { case_no })}>去评价</Button>
    </Box>
  )
}

function Withdraw({ caseNo, paid, onChanged }: { caseNo: string; paid: boolean; onChanged: () => Promise<void> }) {
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const [fault, setFault] = useState('')
  const [busy, setBusy] = useState(false)
  const [key] = useState(newKey)
  if (!asking) return <Box className="withdraw"><Button kind="text" onPress={() => setAsking(true)}>不办了，撤回申请</Button></Box>
  const confirm = async () => {
    setBusy(true)
    try {
      await withdraw(caseNo, reason.trim(), key)
      await onChanged()
    } catch (error) {
      setFault(wordsOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Box className="panel" role="group" label="撤回申请">
      <Heading level={2} className="section-title">确定撤回吗？</Heading>
      <Text className="field-ask">撤回后不再办理，以后可以重新申请。{paid ? '已缴的费用会退回。' : ''}</Text>
      <TextField id="withdraw-reason" title="原因（可不填）" maxLength={200} value={reason} onChange={setReason} />
      {fault ? <Note kind="wrong">{fault}</Note> : null}
      <Box className="row">
        <Button kind="danger" busy={busy} onPress={() => void confirm()}>确定撤回</Button>
        <Button kind="plain" onPress={() => setAsking(false)}>不撤回</Button>
      </Box>
    </Box>
  )
}
