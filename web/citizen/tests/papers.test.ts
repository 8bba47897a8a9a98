import { describe, expect, it } from 'vitest'
import type { Case } from '@/api/types'
import { detailOf, shutBy, titleOf } from '@/domain/papers'
import { ApiError } from '@/domain/problem'

const NOW = Date.parse('2026-12-05T10:00:00+08:00')
const paper = (document_no: string, kind: string, title: string, issued_at: string) => ({ document_no, kind, title, issued_at })
const ASKED = [paper('成公补〔2026〕000001号', 'correction_requested', '补正告知书', '2026-12-01T09:00:00+08:00'), paper('成城管补〔2026〕000002号', 'correction_requested', '补正告知书', '2026-12-02T09:00:00+08:00')]
const CARD = paper('1234 5678', 'certificate', '优待证', '2026-12-03T09:00:00+08:00')
const told = (at: string, by?: string) => ({ at, event: 'correction_requested', text: '', ...(by ? { by } : {}) })
const dataOf = (more: object = {}) =>
  ({ documents: [...ASKED, CARD], timeline: [told(ASKED[0]!.issued_at, '成都市公安局'), told(ASKED[1]!.issued_at, '成都市城管委')], certificate: { state: 'valid', valid_to: null }, ...more }) as unknown as Case
const details = (data: Case) => data.documents!.map((each) => detailOf(each, data, NOW))

describe('the documents of a case', () => {
  it('name who put them out where two have the same title', () => {
    expect(details(dataOf()).map((each) => each.split('，').slice(0, 2))).toEqual([['成都市公安局', '成公补〔2026〕000001号'], ['成都市城管委', '成城管补〔2026〕000002号'], ['1234 5678', '12月3日 09:00']])
  })
  it('have number and day where the story does not say who', () => {
    expect(details(dataOf({ timeline: [told(ASKED[0]!.issued_at)] })).slice(0, 2)).toEqual(['成公补〔2026〕000001号，12月1日 09:00', '成城管补〔2026〕000002号，12月2日 09:00'])
  })
  it.each([
    ['valid', null, '优待证'],
    ['valid', '2026-12-05', '优待证'],
    ['valid', '2026-12-04', '优待证（已过期）'],
    ['expired', '2026-12-04', '优待证（已过期）'],
    ['revoked', '2026-12-04', '优待证（已注销）'],
  ])('say what a certificate is worth: %s until %s is %s', (state, valid_to, title) => {
    const data = dataOf({ certificate: { state, valid_to } })
    expect(data.documents!.map((each) => titleOf(each, data, '2026-12-05'))).toEqual(['补正告知书', '补正告知书', title])
  })
  it('are opened by whom the server says: who filed may be a window that never signs in', async () => {
    const said = '以您在这个办件中的身份不能这样做，请由办理部门的窗口办理'
    expect(await shutBy(() => Promise.reject(new ApiError(403, { detail: said })))).toBe(`${said}。`)
    expect(await shutBy(() => Promise.resolve({ documents: [] }))).toBe('')
  })
})
