import { afterEach, describe, expect, it, vi } from 'vitest'
import { fileFault, MAX_BYTES } from '@/domain/files'
import { upload } from '@/platform/files.h5'
import type { PickedFile } from '@/platform/types'

const FIELDS = { key: 'a/b', 'Content-Type': 'image/png', policy: 'p', 'x-amz-signature': 's' }
const picked = (type = 'image/png', size = 5): PickedFile => ({ name: '照片.png', type, size, source: new File(['bytes'], '照片.png', { type }), preview: '' })

/** What the browser would send, and what it is answered. */
function answering(status: number) {
  const sent: { method: string; url: string; body?: FormData } = { method: '', url: '' }
  const heard: Record<string, () => void> = {}
  vi.stubGlobal('XMLHttpRequest', class {
    status = status
    timeout = 0
    upload = { addEventListener: (_name: string, told: (event: object) => void) => told({ lengthComputable: true, loaded: 1, total: 3 }) }
    open = (method: string, url: string) => Object.assign(sent, { method, url })
    addEventListener = (name: string, told: () => void) => { heard[name] = told }
    send = (body: FormData) => { sent.body = body; heard[status ? 'load' : 'error']?.() }
  })
  return sent
}

afterEach(() => vi.unstubAllGlobals())

describe('an upload', () => {
  const target = { method: 'POST' as const, url: 'https://bucket.example/', fields: FIELDS }

  it('sends the signed form as it is, the file last', async () => {
    const sent = answering(204)
    const told: number[] = []
    await upload(picked(), target, (percent) => told.push(percent))
    expect([sent.method, sent.url]).toEqual(['POST', target.url])
    expect([...(sent.body as FormData).keys()]).toEqual([...Object.keys(FIELDS), 'file'])
    expect((sent.body as FormData).get('policy')).toBe('p')
    expect(told).toEqual([33])
  })

  it.each([[403, '上传没有成功'], [0, '网络中断']])('answered %s says so', async (status, words) => {
    answering(status)
    await expect(upload(picked(), target, () => undefined)).rejects.toThrow(words)
  })
})

describe('a file', () => {
  it.each([
    ['image/png', 5, ''],
    ['application/ofd', MAX_BYTES, ''],
    ['text/html', 5, '只能上传'],
    ['', 5, '只能上传'],
    ['image/jpeg', MAX_BYTES + 1, '超过10MB'],
    ['image/jpeg', 0, '空的'],
  ])('of %s and %i bytes: %s', (type, size, words) => expect(fileFault({ type, size })).toContain(words))
})
