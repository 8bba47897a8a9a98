/** Which statuses are before a decision: there the promise runs, and only such a case can be late. */
import { STATUS_NAMES, STATUS_PHASES, STATUS_TONES, type Status, type Tone } from './vocabulary'

export type Undecided = { [S in Status]: (typeof STATUS_PHASES)[S] extends 'undecided' ? S : never }[Status]
export type Decided = Exclude<Status, Undecided>

export function undecided(status: Status): status is Undecided {
  return STATUS_PHASES[status] === 'undecided'
}

/** Whether a higher organ decides a case (转报): closed here, called otherwise by the API, and not finished. */
export function forwarded({ status, status_name }: { status: Status; status_name: string }): boolean {
  return status === 'closed' && status_name !== STATUS_NAMES.closed
}

/** How a page colours where a case stands. */
export function toneOf(of: { status: Status; status_name: string }): Tone {
  return forwarded(of) ? 'going' : STATUS_TONES[of.status]
}
