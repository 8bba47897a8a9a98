/** Pay the fee: WeChat Pay comes up where the party gives `params` for it; else there is a code of the party to scan. The case itself tells when it is paid. */
import { useEffect, useState } from 'react'
import { getCase, pay } from '@/api'
import type { PaymentOrder } from '@/api/types'
import { wordsOf } from '@/domain/problem'
import { callPayment } from '@/platform/device'
import { HERE } from '@/platform/here'
import { replace } from '@/state/nav'
import { useParam } from '@/state/params'
import { useLoad } from '@/state/useLoad'
import { usePolling } from '@/state/usePolling'
import { Box, Button, Heading, Text } from '@/ui/kit'
import { NeedSignIn } from '@/ui/NeedSignIn'
import { Note } from '@/ui/Note'
import { Page } from '@/ui/Page'
import { Refunds } from '@/ui/Refunds'
import { QrCode } from '@/ui/QrCode'
import { Waiting } from '@/ui/Waiting'
import { grouped } from '@shared/caseNo'
import { yuan } from '@shared/money'

const EVERY = 3_000

export default function Pay() {
  const caseNo = useParam('case_no') ?? ''
  return (
    <Page title="缴费">
      <NeedSignIn words="登录后可以缴费。">{() => <Order caseNo={caseNo} />}</NeedSignIn>
    </Page>
  )
}

function Order({ caseNo }: { caseNo: string }) {
  const found = useLoad(() => getCase(caseNo), [caseNo])
  const [order, setOrder] = useState<PaymentOrder | null>(null)
  const [fault, setFault] = useState('')
  const [busy, setBusy] = useState(false)
  const due = found.data?.can.includes('pay') ?? false
  usePolling(found.reload, EVERY, due)

  const start = async () => {
    setBusy(true)
    setFault('')
    try {
      const fresh = await pay(caseNo)
      setOrder(fresh)
      if (HERE.pays && fresh.params && !(await callPayment(fresh))) setFault('没有付款。需要时可以再点一次。')
      await found.reload()
    } catch (error) {
      setFault(wordsOf(error))
    } finally {
      setBusy(false)
    }
  }
  useEffect(() => {
    if (due && !order && !HERE.pays) void start()
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [due])
  return (
    <Waiting of={found}>
      {(data) => (
        <Box className="panel receipt" live="polite">
          <Heading level={2} className="receipt-title">{data.service_name}</Heading>
          <Text className="receipt-words">办件号 {grouped(data.case_no)}</Text>
          {data.payment?.state === 'paid' ? <Note kind="good">已缴费{yuan(data.payment.amount_fen)}元，{data.status === 'withdrawn' || data.status === 'void' ? '' : '接着为您办理。'}</Note> : null}
          <Refunds refunds={data.payment?.refunds ?? []} />
          {!due && data.payment?.state !== 'paid' ? <Note>这个办件现在不用缴费。</Note> : null}
          {due && (order || data.payment) ? <Text className="amount">{yuan((order?.amount_fen ?? data.payment?.amount_fen) || 0)}元</Text> : null}
          {due && order?.code_url ? <Scan order={order} onCheck={() => void found.reload()} /> : null}
          {due && !order?.code_url ? <Button kind="primary" className="btn-block" busy={busy} onPress={() => void start()}>{busy ? '正在生成订单' : HERE.pays ? '去付款' : '生成付款码'}</Button> : null}
          {fault ? <Note kind="wrong">{fault}</Note> : null}
          {due ? null : <Button kind="primary" className="btn-block" onPress={() => replace('case', { case_no: caseNo })}>查看办理进度</Button>}
        </Box>
      )}
    </Waiting>
  )
}

function Scan({ order, onCheck }: { order: PaymentOrder; onCheck: () => void }) {
  const app = order.party.replace(/支付$/, '')
  return (
    <>
      <QrCode text={order.code_url ?? ''} label={`${order.party}付款码`} />
      <Text className="receipt-words">请用{app}扫一扫付款。用手机看本页时，可以截图后在{app}里扫。</Text>
      <Text className="order-no">订单号 {order.out_trade_no}</Text>
      <Button kind="plain" onPress={onCheck}>我已付款，刷新看看</Button>
    </>
  )
}
