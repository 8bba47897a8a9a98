import { describe, expect, it } from 'vitest'
import { changeOf, firstOf, waysOf, type Way } from '@/domain/delivery'

const WAY: Way = { method: 'courier', name: ' 李四 ', phone: '13900000001', address: '成都市武侯区科华路9号', proxy: '', proxyId: '' }

describe('where a result goes', () => {
  it('offers what the service has, the window always for what came back, and only it for what waits there', () => {
    expect(waysOf({ status: 'producing' }, ['courier', 'pickup'])).toEqual(['courier', 'pickup'])
    expect(waysOf({ status: 'producing' }, ['electronic', 'courier'])).toEqual(['courier'])
    expect(waysOf({ status: 'undelivered' }, ['courier'])).toEqual(['courier', 'pickup'])
    expect(waysOf({ status: 'ready_for_pickup' }, ['courier', 'pickup'])).toEqual(['pickup'])
  })

  it('sends a whole address and names what is missing', () => {
    expect(changeOf(WAY, { status: 'undelivered' }).body).toEqual({ method: 'courier', name: '李四', phone: '13900000001', address: '成都市武侯区科华路9号' })
    const wrong = changeOf({ ...WAY, name: '', phone: '1', address: '路' }, { status: 'undelivered' })
    expect(wrong.body).toBeUndefined()
    expect(Object.keys(wrong.faults)).toEqual(['name', 'phone', 'address'])
  })

  it('registers a proxy with the last four of the document; where one is to be registered, not without', () => {
    const fetched: Way = { ...WAY, method: 'pickup' }
    expect(changeOf(fetched, { status: 'producing' }).body).toEqual({ method: 'pickup' })
    expect(changeOf({ ...fetched, proxy: '王五', proxyId: '123X' }, { status: 'producing' }).body).toEqual({ method: 'pickup', proxy: { name: '王五', id_last4: '123X' } })
    expect(Object.keys(changeOf({ ...fetched, proxy: '王五', proxyId: '12' }, { status: 'producing' }).faults)).toEqual(['proxy.id_last4'])
    expect(Object.keys(changeOf(fetched, { status: 'ready_for_pickup' }).faults)).toEqual(['proxy.name'])
  })

  it('begins with what is on record, and with nothing that is masked', () => {
    const delivery = { method: 'courier' as const, name: '张*', phone: '138****1234', address: '成都市青羊****' }
    const data = { status: 'undelivered' as const, delivery, shipment: null }
    expect(firstOf({ ...data, masked: true })).toEqual({ method: 'courier', name: '', phone: '', address: '', proxy: '', proxyId: '' })
    expect(firstOf({ ...data, masked: false }).phone).toBe('138****1234')
    const chosen = { state: 'returned' as const, waybill: 'E1', tracks: [], wish: 'pickup' as const }
    expect(firstOf({ ...data, masked: false, shipment: chosen }).method).toBe('pickup')
  })
})
