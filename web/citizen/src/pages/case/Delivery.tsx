/** Where the result goes: another address before it is posted, a choice when it came back, a proxy who fetches it. */
import { useState } from 'react'
import { changeDelivery } from '@/api'
import type { Case } from '@/api/types'
import { changeOf, firstOf, waysOf, type Way } from '@/domain/delivery'
import { dayText } from '@/domain/due'
import { ApiError, wordsOf } from '@/domain/problem'
import { useCaseService } from '@/state/useCaseService'
import { Box, Button, Heading, One, Text } from '@/ui/kit'
import { Note } from '@/ui/Note'
import { TextField } from '@/ui/TextField'
import { tidied } from '@shared/formats'
import { DELIVERY_METHOD_NAMES } from '@shared/vocabulary'

export function Delivery({ data, onChanged }: { data: Case; onChanged: () => Promise<void> }) {
  const back = data.status === 'undelivered'
  const [open, setOpen] = useState(false)
  if (!back && !open) {
    const words = data.status === 'ready_for_pickup' ? '请人代领，登记受托人' : '改收件信息、领取方式'
    return <Button kind="text" onPress={() => setOpen(true)}>{words}</Button>
  }
  return <Change data={data} back={back} onClose={() => setOpen(false)} onChanged={onChanged} />
}

function Change({ data, back, onClose, onChanged }: { data: Case; back: boolean; onClose: () => void; onChanged: () => Promise<void> }) {
  const service = useCaseService(data)
  const [wanted, setWanted] = useState(() => firstOf(data))
  const [faults, setFaults] = useState<Record<string, string>>({})
  const [said, setSaid] = useState('')
  const [busy, setBusy] = useState(false)
  const set = (part: Partial<Way>) => {
    setWanted((before) => ({ ...before, ...part }))
    setFaults({})
    setSaid('')
  }
  const send = async () => {
    const { body, faults: wrong } = changeOf(wanted, data)
    setFaults(wrong)
    if (!body) return
    setBusy(true)
    try {
      await changeDelivery(data.case_no, body)
      onClose()
      await onChanged()
    } catch (error) {
      if (error instanceof ApiError) setFaults(Object.fromEntries(error.fields.map(({ path, message }) => [path, message])))
      setSaid(wordsOf(error))
    } finally {
      setBusy(false)
    }
  }
  const chosen = data.shipment?.wish
  const ways = waysOf(data, service.data?.delivery ?? []).map((value) => ({ value, label: back && value === 'courier' ? '再次寄送' : DELIVERY_METHOD_NAMES[value] }))
  return (
    <Box className={back ? 'panel ask' : 'panel'} role="group" label="送达">
      <Heading level={2} className="section-title">{back ? '快件退回，怎样领取？' : data.status === 'ready_for_pickup' ? '登记代领的受托人' : '改收件信息、领取方式'}</Heading>
      {back && data.shipment?.choose_by ? <Text className="field-ask">请在{dayText(data.shipment.choose_by)}前选择，逾期改为到窗口领取。</Text> : null}
      {back && chosen ? <Note kind="good">您已选择{chosen === 'courier' ? '再次寄送' : DELIVERY_METHOD_NAMES[chosen]}，窗口收到退回的快件后办理；还可以改。</Note> : null}
      {ways.length > 1 ? <One id="change-method" legend="怎样领取" options={ways} value={wanted.method} onChange={(method) => set({ method: method as Way['method'] })} required /> : null}
      {wanted.method === 'courier' ? (
        <>
          <TextField id="change-name" title="收件人姓名" maxLength={50} autoComplete="name" value={wanted.name} fault={faults.name} onChange={(name) => set({ name })} />
          <TextField id="change-phone" title="收件人手机" kind="tel" maxLength={20} autoComplete="tel" value={wanted.phone} fault={faults.phone} onChange={(phone) => set({ phone: tidied(phone, 'mobile') })} />
          <TextField id="change-address" title="收件地址" hint="省市区、街道、门牌号都写上" kind="long" maxLength={200} autoComplete="street-address" value={wanted.address} fault={faults.address} onChange={(address) => set({ address })} />
        </>
      ) : (
        <>
          <TextField id="change-proxy" title="受托人姓名（本人领取的不填）" maxLength={40} value={wanted.proxy} fault={faults['proxy.name']} onChange={(proxy) => set({ proxy })} />
          {wanted.proxy.trim() ? <TextField id="change-proxy-id" title="受托人证件号码后四位" maxLength={4} value={wanted.proxyId} fault={faults['proxy.id_last4']} onChange={(proxyId) => set({ proxyId: proxyId.trim().toUpperCase() })} /> : null}
        </>
      )}
      {said ? <Note kind="wrong">{said}</Note> : null}
      <Box className="row">
        <Button kind="primary" busy={busy} onPress={() => void send()}>确定</Button>
        {back ? null : <Button kind="plain" onPress={onClose}>不改</Button>}
      </Box>
    </Box>
  )
}
