/** Where a result goes, as the citizen says it: what is filled in first, and what has to be before it is sent. */
import type { Case, DeliveryRequest } from '@/api/types'
import { isMobile } from '@shared/formats'

export interface Way {
  method: 'courier' | 'pickup'
  name: string
  phone: string
  address: string
  proxy: string
  proxyId: string
}

/** The ways there are: those of the service that are a thing; what waits at the window is fetched; what came back may always be. */
export function waysOf(data: Pick<Case, 'status'>, offered: readonly string[]): Way['method'][] {
  if (data.status === 'ready_for_pickup') return ['pickup']
  const back = data.status === 'undelivered'
  return (['courier', 'pickup'] as const).filter((way) => offered.includes(way) || (back && way === 'pickup'))
}

/** What stands there first: what is on record, where it may be read. */
export function firstOf(data: Pick<Case, 'status' | 'delivery' | 'masked' | 'shipment'>): Way {
  const { delivery, masked } = data
  const known = masked ? undefined : delivery
  const wish = data.shipment?.wish
  const method = data.status === 'ready_for_pickup' || (wish ?? delivery?.method) === 'pickup' ? 'pickup' : 'courier'
  return { method, name: known?.name ?? '', phone: known?.phone ?? '', address: known?.address ?? '', proxy: known?.proxy?.name ?? '', proxyId: known?.proxy?.id_last4 ?? '' }
}

/** The change to send, or what is still wrong with it. */
export function changeOf(way: Way, data: Pick<Case, 'status'>): { body?: DeliveryRequest; faults: Record<string, string> } {
  const faults = way.method === 'courier' ? courierFaults(way) : proxyFaults(way, data.status === 'ready_for_pickup')
  if (Object.keys(faults).length) return { faults }
  if (way.method === 'courier') return { body: { method: 'courier', name: way.name.trim(), phone: way.phone, address: way.address.trim() }, faults }
  const proxy = way.proxy.trim() ? { proxy: { name: way.proxy.trim(), id_last4: way.proxyId } } : {}
  return { body: { method: 'pickup', ...proxy }, faults }
}

function courierFaults(way: Way): Record<string, string> {
  return {
    ...(way.name.trim() ? {} : { name: '请填写收件人姓名' }),
    ...(isMobile(way.phone) ? {} : { phone: '请填写收件人的手机号码' }),
    ...(way.address.trim().length >= 5 ? {} : { address: '请填写完整的收件地址' }),
  }
}

function proxyFaults(way: Way, needed: boolean): Record<string, string> {
  const name = way.proxy.trim()
  if (!name) return needed ? { 'proxy.name': '请填写受托人姓名' } : {}
  return {
    ...(name.length >= 2 ? {} : { 'proxy.name': '请填写受托人的完整姓名' }),
    ...(/^\d{3}[\dX]$/.test(way.proxyId) ? {} : { 'proxy.id_last4': '请填写证件号码后四位' }),
  }
}
