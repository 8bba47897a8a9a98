/** Which statuses are before a decision (cases/model.py, UNDECIDED): there the promise runs, and only such a case can be late. */
import type { Status } from './vocabulary'

const UNDECIDED = {
  submitted: true,
  correction: true,
  accepted: true,
  in_review: true,
  suspended: true,
  granted: false,
  denied: false,
  not_accepted: false,
  awaiting_payment: false,
  producing: false,
  delivering: false,
  ready_for_pickup: false,
  delivered: false,
  closed: false,
  withdrawn: false,
  void: false,
} as const satisfies Record<Status, boolean>

export type Undecided = { [S in Status]: (typeof UNDECIDED)[S] extends true ? S : never }[Status]
export type Decided = Exclude<Status, Undecided>

export function undecided(status: Status): status is Undecided {
  return UNDECIDED[status]
}
