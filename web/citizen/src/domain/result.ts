/** The result of a case in lines: what the case itself says, nothing invented. */
import type { Case, Service } from '@/api/types'
import { grouped } from '@shared/caseNo'
import { undecided, type Decided } from '@shared/statuses'
import { dayText } from './due'
import { lastOf } from './timeline'

const OUT: Record<Decided, boolean> = {
  granted: true,
  awaiting_payment: false,
  producing: true,
  dispatching: false,
  delivering: false,
  undelivered: false,
  ready_for_pickup: false,
  delivered: true,
  closed: true,
  denied: false,
  not_accepted: false,
  withdrawn: false,
  returned: false,
  lapsed: false,
  void: false,
}

/** Tell whether there is a result of ours to tell of: what was forwarded (转报) is decided elsewhere. */
export function isOut(data: Pick<Case, 'status' | 'timeline'>): boolean {
  return !undecided(data.status) && OUT[data.status] && !lastOf(data, 'transferred')
}

export function resultOf(data: Case, service: Service | null): { name: string; rows: [string, string][] } {
  const granted = lastOf(data, 'granted')
  const facts = { ...granted?.data, ...lastOf(data, 'delivered')?.data }
  const official = (data as { official_no?: string | null }).official_no
  const rows: [string, string][] = [
    ['申请人', data.applicant],
    ['事项', data.service_name],
    ['办件号', grouped(data.case_no)],
  ]
  if (official) rows.push(['办件编号', official])
  if (service) rows.push(['决定机关', service.department_name])
  if (granted) rows.push(['决定日期', dayText(granted.at)])
  return { name: typeof facts.result === 'string' ? facts.result : (service?.result.name ?? '办理结果'), rows }
}
