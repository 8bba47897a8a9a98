import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { HttpAnswer } from '@/platform/types'

const wire = vi.hoisted(() => ({ answer: { status: 200, body: null } as HttpAnswer, asked: [] as { method?: string; url?: string; headers: Record<string, string>; body?: string }[] }))
vi.mock('@/platform/http', () => ({ http: async (request: { headers: Record<string, string>; body?: string; url: string }) => (request.url.endsWith('/health') ? { status: 0, body: null } : (wire.asked.push(request), wire.answer)) }))
vi.mock('@/platform/device', () => ({ API_BASE: '', watchNetwork: () => undefined }))
vi.mock('@/platform/store', () => ({ read: () => null, write: () => undefined, remove: () => undefined }))

import { endSession } from '@/api'
import { call, raw } from '@/api/client'
import { reach, answered } from '@/state/reach'
import { session, signedIn } from '@/state/session'

beforeEach(() => {
  wire.asked = []
  answered()
  signedIn({ token: 't', expires_at: '2099-01-01T00:00:00Z', kind: 'sms' }, '13800000000')
})

describe('a call', () => {
  it.each<[string, HttpAnswer, number, string]>([
    ['nobody', { status: 0, body: null }, 0, 'down'],
    ['a gateway without words', { status: 502, body: null }, 0, 'down'],
    ['the front door', { status: 504, body: { code: 'gateway', detail: '系统处理时间过长' } }, 0, 'down'],
    ['the API, its partner away', { status: 503, body: { code: 'party_fault', detail: '微信支付繁忙' } }, 503, 'ok'],
    ['the API', { status: 404, body: { code: 'not_found' } }, 404, 'ok'],
  ])('answered by %s', async (_who, answer, status, state) => {
    wire.answer = answer
    expect((await raw('GET', '/v1/x')).status).toBe(status)
    expect(reach.get().state).toBe(state)
  })

  it('sends the very bytes and the key it was given', async () => {
    wire.answer = { status: 201, body: {} }
    await raw('POST', '/v1/applications', { raw: '{"b":1,"a":2}', key: 'k' })
    expect(wire.asked[0]).toMatchObject({ body: '{"b":1,"a":2}', headers: { 'Idempotency-Key': 'k', Authorization: 'Bearer t' } })
  })

  it('carries no token where none is needed', async () => {
    wire.answer = { status: 200, body: {} }
    await raw('GET', '/v1/services', { open: true })
    expect(wire.asked[0]?.headers.Authorization).toBeUndefined()
  })

  it('kills the token of who signs out, and forgets it at once', async () => {
    wire.answer = { status: 204, body: null }
    endSession()
    expect(session.get()).toBeNull()
    expect(wire.asked[0]).toMatchObject({ method: 'DELETE', url: '/v1/sessions/current', headers: { Authorization: 'Bearer t' } })
  })

  it('ends a session that has run out, not one begun since', async () => {
    wire.answer = { status: 401, body: { code: 'unauthenticated', detail: '请重新登录' } }
    await expect(call('GET', '/v1/cases')).rejects.toThrow('请重新登录')
    expect(session.get()).toBeNull()
  })
})
