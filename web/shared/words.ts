/** What both clients say of codes beyond their names. */
import { LEVEL_NAMES, OUTCOME_NAMES, TASK_CHOICES, type Level, type Outcome, type Status, type TaskKind } from './vocabulary'

/** The levels of a rating, best first. */
export const LEVELS: readonly Level[] = (Object.keys(LEVEL_NAMES).map(Number) as Level[]).sort((one, other) => other - one)

/** What a decision is called depends on the kind of task: 受理 is not 准予. */
export function outcomeName(outcome: Outcome, kind?: TaskKind): string {
  return (kind && TASK_CHOICES[kind][outcome]) ?? OUTCOME_NAMES[outcome]
}

/** What is said of a case's day while its clock stands: no day is known that will hold (cases/clock.py). */
export function awaiting({ status, clock }: { status: Status; clock: { accepted: boolean } }): string {
  if (status === 'suspended') return '特别程序期间不计时，结束后顺延'
  return clock.accepted ? '补正期间不计时，补正后顺延' : '补正后重新计算办结日期'
}
