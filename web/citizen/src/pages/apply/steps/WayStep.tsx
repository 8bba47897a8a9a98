/** Step three: how to get the result, how to be reached, and who files for whom. */
import type { Service } from '@/api/types'
import type { Agent, Delivery } from '@/domain/draft'
import { Box, Check, Heading, One } from '@/ui/kit'
import { Frame } from '@/ui/FieldView'
import { TextField } from '@/ui/TextField'
import { tidied } from '@shared/formats'
import { DELIVERY_METHOD_NAMES, type DeliveryMethod } from '@shared/vocabulary'
import type { StepProps } from './types'

export function WayStep({ service, editing, faults, setFaults }: StepProps) {
  const { draft, change } = editing
  const clear = (path: string) => {
    if (faults[path]) setFaults(Object.fromEntries(Object.entries(faults).filter(([name]) => name !== path)))
  }
  const delivery = (part: Partial<Delivery>) => {
    Object.keys(part).forEach((name) => clear(`delivery.${name}`))
    change((old) => ({ delivery: { ...old.delivery, ...part } }))
  }
  const contact = (part: Partial<typeof draft.contact>) => {
    Object.keys(part).forEach((name) => clear(`contact.${name}`))
    change((old) => ({ contact: { ...old.contact, ...part } }))
  }
  const agent = (part: Partial<Agent> | null) => {
    Object.keys(part ?? {}).forEach((name) => clear(`agent.${name}`))
    change((old) => ({ agent: part && { name: '', id_number: '', phone: '', ...old.agent, ...part } }))
  }
  return (
    <>
      <Box className="panel">
        <Heading level={3} className="section-title">怎么联系您</Heading>
        <TextField id="contact-phone" title="联系手机" hint="办理进度会通知您，不能发微信的，发短信到这个号码" kind="tel" maxLength={20} autoComplete="tel" value={draft.contact.phone} fault={faults['contact.phone']} onChange={(phone) => contact({ phone: tidied(phone, 'mobile') })} />
        <TextField id="contact-name" title="联系人姓名（可不填）" maxLength={50} autoComplete="name" value={draft.contact.name} fault={faults['contact.name']} onChange={(name) => contact({ name })} />
      </Box>
      <Box className="panel">
        <Frame id="delivery-method" fault={faults['delivery.method']}>
          <One id="delivery-method" legend={`办好后怎么拿${service.result.name}？`} options={ways(service, Boolean(draft.renews))} value={draft.delivery.method} onChange={(method) => delivery({ method })} required />
        </Frame>
        {draft.delivery.method === 'courier' ? (
          <>
            <TextField id="delivery-name" title="收件人姓名" maxLength={50} autoComplete="name" value={draft.delivery.name} fault={faults['delivery.name']} onChange={(name) => delivery({ name })} />
            <TextField id="delivery-phone" title="收件人手机" kind="tel" maxLength={20} autoComplete="tel" value={draft.delivery.phone} fault={faults['delivery.phone']} onChange={(phone) => delivery({ phone: tidied(phone, 'mobile') })} />
            <TextField id="delivery-address" title="收件地址" hint="省市区、街道、门牌号都写上" kind="long" maxLength={200} autoComplete="street-address" value={draft.delivery.address} fault={faults['delivery.address']} onChange={(address) => delivery({ address })} />
          </>
        ) : null}
      </Box>
      <Box className="panel">
        <Check id="agent-on" checked={draft.agent !== null} onChange={(on) => agent(on ? {} : null)}>我是替别人办的</Check>
        {draft.agent ? (
          <>
            <TextField id="agent-name" title="您的姓名（代办人）" maxLength={50} autoComplete="name" value={draft.agent.name} fault={faults['agent.name']} onChange={(name) => agent({ name })} />
            <TextField id="agent-id_number" title="您的身份证号码" kind="id" maxLength={24} value={draft.agent.id_number} fault={faults['agent.id_number']} onChange={(value) => agent({ id_number: tidied(value, 'id-number') })} />
            <TextField id="agent-phone" title="您的手机号码" kind="tel" maxLength={20} autoComplete="tel" value={draft.agent.phone} fault={faults['agent.phone']} onChange={(phone) => agent({ phone: tidied(phone, 'mobile') })} />
          </>
        ) : null}
      </Box>
    </>
  )
}

function ways(service: Service, renewing: boolean) {
  const notes: Record<DeliveryMethod, string> = {
    electronic: '在手机上查看，不用跑',
    pickup: service.pickup ? `${service.pickup.address}，${service.pickup.hours}` : '到窗口领取，请带有效证件',
    courier: '快递送到您手上',
  }
  // what is renewed is the electronic certificate
  return service.delivery.filter((method) => !renewing || method === 'electronic').map((method) => ({ value: method, label: DELIVERY_METHOD_NAMES[method], note: notes[method] }))
}
