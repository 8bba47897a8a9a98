/** Which statuses are before a decision: there the promise runs, and only such a case can be late. */
import { STATUS_PHASES, type Status } from './vocabulary'

export type Undecided = { [S in Status]: (typeof STATUS_PHASES)[S] extends 'undecided' ? S : never }[Status]
export type Decided = Exclude<Status, Undecided>

export function undecided(status: Status): status is Undecided {
  return STATUS_PHASES[status] === 'undecided'
}
