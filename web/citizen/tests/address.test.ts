import { afterEach, describe, expect, it, vi } from 'vitest'
import { addressed } from '@/platform/device.h5'
import { addressed as opened } from '@/platform/device.mini'

vi.mock('@tarojs/taro', () => ({ default: {} }))
const at = (hash: string) => vi.stubGlobal('window', { location: { hash } })
afterEach(() => vi.unstubAllGlobals())

describe('what a page is about', () => {
  it('is on the web what the address says now, whatever it was opened for', () => {
    at('#/pages/case/index?case_no=660092712124')
    expect([addressed('case_no', '660092712116'), addressed('t', 'abc')]).toEqual(['660092712124', undefined])
    at('#/pages/case/index')
    expect(addressed('case_no', '660092712116')).toBeUndefined()
  })
  it('is in a mini-program what it was opened for', () => expect(opened('case_no', '660092712116')).toBe('660092712116'))
})
