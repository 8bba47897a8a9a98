/** Reasons of a rating (好差评): the first digit of a code is the level it belongs to. */
import { RATING_REASONS, type Level } from '@shared/vocabulary'

export interface Reason {
  code: string
  text: string
}

export function reasonsFor(level: Level): Reason[] {
  return Object.entries(RATING_REASONS)
    .filter(([code]) => code.startsWith(String(level)))
    .map(([code, text]) => ({ code, text }))
}

/** A bad rating needs a reason or words (差评必须勾选详情或填写文字评价). */
export function ratingFault(level: Level | undefined, reasons: string[], text: string): string {
  if (!level) return '请先选择满意程度'
  return level <= 2 && reasons.length === 0 && text.trim() === '' ? '请选择不满意的原因，或写几句话告诉我们' : ''
}
