/** Pay the fee: inside the app where it can be called up, on a phone's browser by the party's own page, else by a code to scan. The case itself tells when it is paid. */
import { useEffect, useState } from 'react'
import type { PayScene } from '@shared/vocabulary'
import { getCase, pay } from '@/api'
import type { Case, PaymentOrder } from '@/api/types'
import { wordsOf } from '@/domain/problem'
import { browser, callPayment, leaveToPay } from '@/platform/device'
import { HERE } from '@/platform/here'
import { replace } from '@/state/nav'
import { useParam } from '@/state/params'
import { useLoad } from '@/state/useLoad'
import { usePolling } from '@/state/usePolling'
import { Box, Button, Heading, Text } from '@/ui/kit'
import { FeePart } from '@/ui/FeePart'
import { NeedSignIn } from '@/ui/NeedSignIn'
import { Note } from '@/ui/Note'
import { Page } from '@/ui/Page'
import { Refunds } from '@/ui/Refunds'
import { QrCode } from '@/ui/QrCode'
import { Waiting } from '@/ui/Waiting'
import { grouped } from '@shared/caseNo'
import { untilText } from '@shared/fee'
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
  const [where] = useState(browser)
  const due = found.data?.can.includes('pay') ?? false
  usePolling(found.reload, EVERY, due)

  const start = async (scene?: PayScene) => {
    setBusy(true)
    setFault('')
    try {
      const fresh = await pay(caseNo, scene)
      setOrder(fresh)
      if (fresh.h5_url) return leaveToPay(fresh.h5_url)
      if (HERE.pays && fresh.params && !(await callPayment(fresh))) setFault('没有付款。需要时可以再点一次。')
      await found.reload()
    } catch (error) {
      setFault(wordsOf(error))
    } finally {
      setBusy(false)
    }
  }
  useEffect(() => {
    if (due && !order && !HERE.pays && where === 'desk') void start()
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [due])
  return (
    <Waiting of={found}>
      {(data) => (
        <Box className="panel receipt" live="polite">
          <Heading level={2} className="receipt-title">{data.service_name}</Heading>
          <Text className="receipt-words">办件号 {grouped(data.case_no)}</Text>
          {data.payment?.state === 'paid' ? <Note kind="good">已缴费{yuan(data.payment.amount_fen)}元。{data.status === 'withdrawn' || data.status === 'void' ? '' : '接着为您办理。'}缴费凭据稍后在办件详情的“文书”里。</Note> : null}
          <Refunds refunds={data.payment?.refunds ?? []} />
          {!due && data.payment?.state !== 'paid' ? <Note>这个办件现在不用缴费。</Note> : null}
          {due ? <Owed data={data} /> : null}
          {due && order?.code_url ? <Scan order={order} onCheck={() => void found.reload()} /> : null}
          {due && !order?.code_url ? <Ways where={where} busy={busy} start={start} /> : null}
          {fault ? <Note kind="wrong">{fault}</Note> : null}
          {due ? <Counter data={data} /> : null}
          {due ? null : <Button kind="primary" className="btn-block" onPress={() => replace('case', { case_no: caseNo })}>查看办理进度</Button>}
        </Box>
      )}
    </Waiting>
  )
}

function Owed({ data }: { data: Case }) {
  const { payment, fee } = data
  if (!payment) return null
  return (
    <>
      <Text className="amount">{yuan(payment.amount_fen)}元</Text>
      {payment.until ? <Text className="receipt-words">请在{untilText(payment.until, payment.provisional)}前缴费，逾期办件终止。</Text> : null}
      {fee ? <FeePart fee={fee} /> : null}
    </>
  )
}

/** How to pay where there is no code on the screen. */
function Ways({ where, busy, start }: { where: ReturnType<typeof browser>; busy: boolean; start: (scene?: PayScene) => Promise<void> }) {
  const one = where === 'phone' ? 'h5' : undefined
  const words = HERE.pays || one ? '去付款' : '生成付款码'
  return (
    <>
      {where === 'wechat' ? <Note>在微信里打开的网页不能直接付款：请点右上角，选“在浏览器打开”再付，或者用另一台手机扫付款码。</Note> : null}
      <Button kind="primary" className="btn-block" busy={busy} onPress={() => void start(one)}>{busy ? '正在生成订单' : words}</Button>
      {one ? <Button kind="text" onPress={() => void start('native')}>用另一台手机扫码付款</Button> : null}
    </>
  )
}

function Scan({ order, onCheck }: { order: PaymentOrder; onCheck: () => void }) {
  const app = order.party.replace(/支付$/, '')
  return (
    <>
      <QrCode text={order.code_url ?? ''} label={`${order.party}付款码`} />
      <Text className="receipt-words">请用{app}扫一扫付款，要当面扫，截图和长按不能付。</Text>
      <Text className="order-no">订单号 {order.out_trade_no}</Text>
      <Button kind="plain" onPress={onCheck}>我已付款，刷新看看</Button>
    </>
  )
}

/** Where it is paid without a phone. */
function Counter({ data }: { data: Case }) {
  const place = data.payment?.counter
  return place ? <Text className="receipt-words">也可以到收费窗口缴现金、刷卡：{place.address}，{place.hours}。请报办件号。</Text> : null
}
