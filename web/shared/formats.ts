/** Numbers that prove themselves, checked as the server checks them (kernel/formats.py): GB 11643, GB 32100, mobiles, dates. */
import { chineseDay, today } from './days'
import { FORMAT_FAULTS, type Format as Name } from './vocabulary'

// 9: a foreigner, then who issued it; 71, 81–83: Taiwan, Hong Kong, Macao
const REGION = /^(9?(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])|71|8[1-3])/
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CREDIT_SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** A day that exists, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return false
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number]
  const date = new Date(Date.UTC(year, month - 1, day))
  return year >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** An 18-character identity number: region (or a foreigner's 9), born by today, MOD 11-2 check character. */
export function isIdNumber(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text) || !REGION.test(text)) return false
  const born = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`
  if (born < '1900' || born > today() || !isDay(born)) return false
  const sum = ID_WEIGHTS.reduce((total, weight, at) => total + weight * Number(text[at]), 0)
  return '10X98765432'[sum % 11] === text[17]
}

/** A mainland mobile number: 11 digits from 13 to 19. */
export function isMobile(text: string): boolean {
  return /^1[3-9]\d{9}$/.test(text)
}

/** An 18-character unified social credit code with its MOD 31 check character; the first two may be letters. */
export function isCreditCode(text: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(text)) return false
  const sum = CREDIT_WEIGHTS.reduce((total, weight, at) => total + weight * CREDIT_SIGNS.indexOf(text[at] ?? ''), 0)
  return CREDIT_SIGNS[(31 - (sum % 31)) % 31] === text[17]
}

/** How a field is drawn. */
export type Kind = 'text' | 'long' | 'number' | 'id' | 'mobile' | 'date' | 'one'

interface Format {
  kind: Kind
  right: (text: string) => boolean
  /** What is said of a wrong one. */
  words: string
  /** Tidy what was typed, full-width signs made plain before. */
  tidy: (text: string) => string
  /** Write it for reading; without it, as it is. */
  shown?: (text: string) => string
}

const bare = (text: string) => text.replace(/[\s-]/g, '')
const code = (text: string) => bare(text).replace(/\*/g, 'X').toUpperCase() // X is keyed as *

/** Without the country's code; 86 is one only before a whole number. */
function mobile(text: string): string {
  const digits = bare(text).replace(/^\+86/, '')
  return isMobile(digits.replace(/^86/, '')) ? digits.replace(/^86/, '') : digits
}

export const FORMATS = {
  'id-number': { kind: 'id', right: isIdNumber, words: FORMAT_FAULTS['id-number'], tidy: code },
  mobile: { kind: 'mobile', right: isMobile, words: FORMAT_FAULTS.mobile, tidy: mobile },
  'credit-code': { kind: 'id', right: isCreditCode, words: FORMAT_FAULTS['credit-code'], tidy: code },
  date: { kind: 'date', right: isDay, words: FORMAT_FAULTS.date, tidy: dashed, shown: chineseDay },
} satisfies Record<Name, Format>

export function formatOf(name: string | undefined): Format | undefined {
  return (FORMATS as Record<string, Format>)[name ?? '']
}

/** `20260301`, `2026.3.1`, `2026年3月1日` → `2026-03-01`; anything else as it is. */
function dashed(text: string): string {
  const squeezed = text.replace(/\s/g, '')
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(squeezed) ?? /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?$/.exec(squeezed)
  return match ? `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}` : squeezed
}

/** Full-width digits, letters and signs made plain. */
export function plain(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
}

/** Tidy what a person typed into a number: full-width signs made plain, blanks dropped, x made X. Text without a format stays as it is. */
export function tidied(text: string, format: string | undefined): string {
  return formatOf(format)?.tidy(plain(text)) ?? text
}
