import { describe, expect, it } from 'vitest'
import { FORMATS, formatOf, isIdNumber, tidied } from '@shared/formats'
import VECTORS from '../../../../tests/vectors/formats.json'

describe.each(Object.entries(VECTORS))('%s, as the server checks it', (name, { valid, invalid, typed }) => {
  it.each(valid)('$value is right: $why', ({ value }) => expect(formatOf(name)?.right(value)).toBe(true))
  it.each(invalid)('$value is not: $why', ({ value }) => expect(formatOf(name)?.right(value)).toBe(false))
  it.each(typed)('$typed is tidied to $value', ({ typed, value }) => expect(tidied(typed, name)).toBe(value))
})

it('has vectors for every format, and every format has a check', () => expect(Object.keys(VECTORS).sort()).toEqual(Object.keys(FORMATS).sort()))

it('tells every single wrong digit', () => {
  const right = '510104199001010019'
  for (let at = 14; at < 17; at++) for (const digit of '0123456789') if (digit !== right[at]) expect(isIdNumber(right.slice(0, at) + digit + right.slice(at + 1))).toBe(false)
})

it('leaves text without a format as it is', () => expect(tidied('ab cd', undefined)).toBe('ab cd'))
