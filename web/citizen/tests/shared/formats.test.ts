import { describe, expect, it } from 'vitest'
import { FORMATS, formatOf, isIdNumber, tidied } from '@shared/formats'
import VECTORS from '../../../../tests/vectors/formats.json'

describe.each(Object.entries(VECTORS))('%s, as the server checks it', (name, { valid, invalid }) => {
  it.each(valid)('$value is right: $why', ({ value }) => expect(formatOf(name)?.right(value)).toBe(true))
  it.each(invalid)('$value is not: $why', ({ value }) => expect(formatOf(name)?.right(value)).toBe(false))
})

it('has vectors for every format, and every format has a check', () => expect(Object.keys(VECTORS).sort()).toEqual(Object.keys(FORMATS).sort()))

it('tells every single wrong digit', () => {
  const right = '510104199001010019'
  for (let at = 14; at < 17; at++) for (const digit of '0123456789') if (digit !== right[at]) expect(isIdNumber(right.slice(0, at) + digit + right.slice(at + 1))).toBe(false)
})

describe('tidying', () => {
  it.each([
    ['５１０１０４１９９００１０１００１９', 'id-number', '510104199001010019'],
    ['510107 19850615 002x', 'id-number', '51010719850615002X'],
    ['91350100 m000100y43', 'credit-code', '91350100M000100Y43'],
    ['138 0000-0000', 'mobile', '13800000000'],
    ['20260301', 'date', '2026-03-01'],
    ['2026年3月1日', 'date', '2026-03-01'],
    ['2026.3.1', 'date', '2026-03-01'],
    ['2026/1/3', 'date', '2026-01-03'],
    ['2026-03-01', 'date', '2026-03-01'],
    ['去年春天', 'date', '去年春天'],
    ['ab cd', undefined, 'ab cd'],
  ])('%s as %s → %s', (text, format, neat) => expect(tidied(text, format)).toBe(neat))
})
