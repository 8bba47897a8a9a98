import { describe, expect, it, vi } from 'vitest'
import { useCaseService } from '@/state/useCaseService'

const called = vi.hoisted(() => vi.fn(() => Promise.resolve({})))
vi.mock('@/api/client', () => ({ call: called, raw: called }))
vi.mock('@/state/session', () => ({ byApp: () => false, session: {}, signOut: () => undefined }))
vi.mock('@/state/useLoad', () => ({ useLoad: (load: () => unknown, deps: unknown[], keep: string) => ({ load, deps, keep }) }))

describe('the service of a case', () => {
  it('is read and kept in the version it was filed under', () => {
    const asked = useCaseService({ service: 'permit', version: 'v000001' }) as unknown as { load: () => unknown; deps: string[]; keep: string }
    asked.load()
    expect(called).toHaveBeenLastCalledWith('GET', '/v1/services/permit?version=v000001', { open: true })
    expect([asked.deps, asked.keep]).toEqual([['permit', 'v000001'], 'service.permit.v000001'])
  })
})
