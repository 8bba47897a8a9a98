/** The messages of all cases in one list: every turn of a case that the citizen was told of. */
import type { Case, TimelineEntry } from '@/api/types'

export interface Message {
  at: string
  text: string
  service: string
  caseNo: string
  notice: NonNullable<TimelineEntry['notice']>
}

export function messagesOf(cases: Case[]): Message[] {
  const all = cases.flatMap((one) =>
    one.timeline.flatMap(({ at, text, notice }): Message[] => (notice && notice.status !== 'skipped' ? [{ at, text, service: one.service_name, caseNo: one.case_no, notice }] : [])),
  )
  return all.sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
}
