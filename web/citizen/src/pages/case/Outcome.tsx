/** What came out: the decision and its reason, the electronic result, the way of the parcel, where to pick up, the payment. */
import type { Case, TimelineEntry } from '@/api/types'
import { appealRows, refusalText, revokedText, unmetOf } from '@/domain/appeal'
import { cardOf, stateOn, wordFor } from '@/domain/card'
import { timeText } from '@/domain/due'
import { isOut, resultOf } from '@/domain/result'
import { lastOf } from '@/domain/timeline'
import { keepCard } from '@/state/cards'
import { go } from '@/state/nav'
import { session } from '@/state/session'
import { useStore } from '@/state/store'
import { useCaseService } from '@/state/useCaseService'
import { copyText } from '@/platform/device'
import { Box, Button, Heading, Text } from '@/ui/kit'
import { CertificateCard } from '@/ui/CertificateCard'
import { LinesPart } from '@/ui/LinesPart'
import { Note } from '@/ui/Note'
import { Refunds } from '@/ui/Refunds'
import { RenewalNote } from '@/ui/RenewalNote'
import { Rows } from '@/ui/Rows'
import { useEffect, useState } from 'react'
import { FeePart } from '@/ui/FeePart'
import { billText } from '@shared/fee'
import { SHIPMENT_STATE_NAMES, type EventName } from '@shared/vocabulary'

export function Outcome({ data }: { data: Case }) {
  return (
    <>
      {data.status === 'denied' || data.status === 'not_accepted' ? <Refusal data={data} event={data.status} /> : null}
      {data.status === 'void' ? <Refusal data={data} event="voided" after="需要继续办理的，可以重新申请。" /> : null}
      {data.status === 'void' ? <Button kind="plain" className="btn-block" onPress={() => go('guide', { code: data.service })}>看办事指南，重新申请</Button> : null}
      <Elsewhere data={data} />
      {data.status !== 'void' && data.certificate?.state === 'revoked' ? <Revoked data={data} type={data.certificate.type} /> : null}
      {(isOut(data) && data.delivery?.method === 'electronic') || data.certificate ? <Electronic data={data} /> : null}
      {data.shipment?.carrier ? <Parcel shipment={data.shipment} /> : null}
      {data.status === 'ready_for_pickup' ? <Pickup data={data} /> : null}
      <Fee data={data} />
    </>
  )
}

function Refusal({ data, event, after = '' }: { data: Case; event: EventName; after?: string }) {
  const told = lastOf(data, event)
  const unmet = unmetOf(told)
  return (
    <>
      <Note kind="warn">
        {refusalText(told, data.status_name)}{after}
        {unmet.length ? <LinesPart title="不符合的条件" lines={unmet} /> : null}
      </Note>
      <Appeal told={told} />
    </>
  )
}

/** A certificate that is worth nothing any more: why, and the way to appeal. */
function Revoked({ data, type }: { data: Case; type: string }) {
  const told = lastOf(data, 'certificate_revoked')
  return (
    <>
      <Note kind="warn">{revokedText(told, type)}</Note>
      <Appeal told={told} />
    </>
  )
}

/** The way to appeal, where one was told. */
function Appeal({ told }: { told: TimelineEntry | undefined }) {
  const rows = appealRows(told)
  if (!rows.length) return null
  return (
    <Box as="section" className="panel">
      <Heading level={2} className="section-title">不服这个决定</Heading>
      <Rows rows={rows} />
    </Box>
  )
}

/** What a higher organ decides (转报): where to ask. */
function Elsewhere({ data }: { data: Case }) {
  const told = data.status === 'void' ? undefined : lastOf(data, 'transferred')
  return told ? <Note>{told.text}。</Note> : null
}

function Electronic({ data }: { data: Case }) {
  const who = useStore(session)
  const service = useCaseService(data)
  const card = service.data || service.fault ? cardOf(data, service.data, who?.account ?? '') : null
  useEffect(() => {
    if (card) keepCard(card)
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [data, service.data])
  if (data.certificate) {
    const shown = { state: data.certificate.state, to: data.certificate.valid_to }
    return (
      <Box as="section" className="panel">
        <Heading level={2} className="section-title">电子证照</Heading>
        {card ? <CertificateCard card={card} /> : null}
        <Button kind={stateOn(shown) === 'valid' ? 'primary' : 'plain'} className="btn-block" onPress={() => go('certificate', { case_no: data.case_no })}>{wordFor(shown)}</Button>
        {card ? <RenewalNote card={card} /> : null}
      </Box>
    )
  }
  const result = resultOf(data, service.data)
  return (
    <Box as="section" className="panel">
      <Heading level={2} className="section-title">办理结果</Heading>
      <Text className="result-name">{result.name}</Text>
      <Rows rows={result.rows} />
    </Box>
  )
}

function Parcel({ shipment }: { shipment: NonNullable<Case['shipment']> }) {
  const [copied, setCopied] = useState('')
  const copy = async () => setCopied((await copyText(shipment.waybill ?? '')) ? '已复制' : '请长按单号复制')
  return (
    <Box as="section" className="panel">
      <Heading level={2} className="section-title">快递</Heading>
      {shipment.waybill ? (
        <Box className="row"><Text className="waybill">{shipment.carrier} {shipment.waybill}</Text><Button kind="text" onPress={() => void copy()}>{copied || '复制单号'}</Button></Box>
      ) : null}
      <Text className="field-ask">{SHIPMENT_STATE_NAMES[shipment.state]}</Text>
      <Box as="ol" className="timeline">
        {[...shipment.tracks].reverse().map((track, index) => (
          <Box as="li" key={index} className={`timeline-one ${index === 0 ? 'is-now' : ''}`}>
            <Text className="timeline-dot" decorative />
            <Text className="timeline-text">{track.text}</Text>
            <Text className="timeline-at">{timeText(track.at)}</Text>
          </Box>
        ))}
      </Box>
    </Box>
  )
}

function Pickup({ data }: { data: Case }) {
  const service = useCaseService(data)
  const told = lastOf(data, 'ready_for_pickup')?.data ?? {}
  const place = service.data?.pickup
  const proxy = data.delivery?.proxy
  return (
    <Box as="section" className="panel">
      <Heading level={2} className="section-title">取件码</Heading>
      {data.pickup_code ? <Text className="amount">{data.pickup_code}</Text> : null}
      <Note kind="good">可以来领了。地点：{String(told.address ?? place?.address ?? '政务服务大厅')}。时间：{String(told.hours ?? place?.hours ?? '工作日')}。请带有效证件，把取件码告诉工作人员。</Note>
      <Text className="card-words">{proxy ? `已登记受托人${proxy.name}（证件尾号${proxy.id_last4}），由其带本人证件领取。` : '请人代领的，可以先登记受托人。'}</Text>
    </Box>
  )
}

/** What it costs, or cost; how it was paid, and what of it goes back. */
function Fee({ data: { payment, fee, can } }: { data: Case }) {
  const settled = payment && payment.state !== 'unpaid' && !can.includes('pay') ? payment : null
  if (!fee && !settled) return null
  return (
    <Box as="section" className="panel">
      <Heading level={2} className="section-title">{fee && !fee.decided ? '准予后要缴的费' : '缴费'}</Heading>
      {fee ? <FeePart fee={fee} /> : null}
      {settled ? <Text className="rows-value">{billText(settled)}{settled.paid_at ? `，${timeText(settled.paid_at)}` : ''}</Text> : null}
      <Refunds refunds={payment?.refunds ?? []} />
    </Box>
  )
}
