import { describe, expect, it } from 'vitest'
import { isCreditCode, isDay, isIdNumber, isMobile, tidied } from '@/domain/formats'

describe('identity numbers', () => {
  it.each(['510104199001010019', '51010719850615002X', '11010519491231002X'])('%s is right', (text) => expect(isIdNumber(text)).toBe(true))
  it.each([
    ['a wrong check', '510104199001010018'], ['a small x', '51010719850615002x'], ['no such day', '510104199002300012'], ['no such province', '990104199001010019'.replace('99', '00')],
    ['15 digits', '510104900101001'], ['a year to come', '510104299001010019'], ['words', '身份证'], ['nothing', ''], ['a line break', '510104199001010019\n'],
  ])('%s is not', (_why, text) => expect(isIdNumber(text)).toBe(false))
  it('tells every single wrong digit', () => {
    const right = '510104199001010019'
    for (let at = 14; at < 17; at++) for (const digit of '0123456789') if (digit !== right[at]) expect(isIdNumber(right.slice(0, at) + digit + right.slice(at + 1))).toBe(false)
  })
})

describe('credit codes', () => {
  it.each(['91350100M000100Y43', '12441500196720244T', '11310000MB2F30661Y'])('%s is right', (text) => expect(isCreditCode(text)).toBe(true))
  it.each(['91350100M000100Y44', '91350100I000100Y43', '9135010', ''])('%s is not', (text) => expect(isCreditCode(text)).toBe(false))
})

describe('mobiles and days', () => {
  it.each([['13800000000', true], ['12800000000', false], ['1380000000', false], ['138000000001', false]])('%s: %s', (text, right) => expect(isMobile(text)).toBe(right))
  it.each([['2026-02-28', true], ['2024-02-29', true], ['2026-02-29', false], ['2026-13-01', false], ['2026-1-1', false], ['', false]])('%s: %s', (text, right) => expect(isDay(text)).toBe(right))
})

describe('tidying', () => {
  it.each([
    ['５１０１０４１９９００１０１００１９', 'id-number', '510104199001010019'],
    ['510107 19850615 002x', 'id-number', '51010719850615002X'],
    ['138 0000-0000', 'mobile', '13800000000'],
    ['20260301', 'date', '2026-03-01'],
    ['2026年3月1日', 'date', '2026-03-01'],
    ['2026.3.1', 'date', '2026-03-01'],
    ['2026-03-01', 'date', '2026-03-01'],
    ['去年春天', 'date', '去年春天'],
    ['ab cd', undefined, 'ab cd'],
  ])('%s as %s → %s', (text, format, neat) => expect(tidied(text, format)).toBe(neat))
})
