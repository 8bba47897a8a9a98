/** What both clients say of codes beyond their names. */
import { LEVEL_NAMES, OUTCOME_NAMES, TASK_CHOICES, type Level, type Outcome, type TaskKind } from './vocabulary'

/** The levels of a rating, best first. */
export const LEVELS: readonly Level[] = (Object.keys(LEVEL_NAMES).map(Number) as Level[]).sort((one, other) => other - one)

/** What a decision is called depends on the kind of task: 受理 is not 准予. */
export function outcomeName(outcome: Outcome, kind?: TaskKind): string {
  return (kind && TASK_CHOICES[kind][outcome]) ?? OUTCOME_NAMES[outcome]
}
