/** The electronic result as a sheet to show: what the case itself says, nothing invented. */
import type { Case, Service, Status } from '@/api/types'
import { grouped } from './caseNo'
import { dayText } from './due'

export const DECIDED: readonly Status[] = ['granted', 'producing', 'delivered', 'closed']

export function resultOf(data: Case, service: Service | null): { name: string; rows: [string, string][] } {
  const last = (name: string) => [...data.timeline].reverse().find((entry) => entry.event === name)
  const granted = last('granted')
  const facts = { ...granted?.data, ...last('delivered')?.data }
  const official = (data as { official_no?: string | null }).official_no
  const rows: [string, string][] = [
    ['申请人', data.applicant],
    ['事项', data.service_name],
    ['办件号', grouped(data.case_no)],
  ]
  if (official) rows.push(['办件编号', official])
  if (typeof facts.certificate_no === 'string') rows.push(['证照编号', facts.certificate_no])
  if (service) rows.push(['决定机关', service.department_name])
  if (granted) rows.push(['决定日期', dayText(granted.at)])
  return { name: typeof facts.result === 'string' ? facts.result : (service?.result.name ?? '办理结果'), rows }
}
