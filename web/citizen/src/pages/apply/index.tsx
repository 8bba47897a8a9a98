/** Apply for a service: fill in, hand in, choose, check, send. */
import { useMemo } from 'react'
import { getService } from '@/api'
import { useParam } from '@/state/params'
import { useLoad } from '@/state/useLoad'
import { Page } from '@/ui/Page'
import { Waiting } from '@/ui/Waiting'
import { Wizard } from './Wizard'

export default function Apply() {
  const code = useParam('code') ?? ''
  const given = useParam('answers') ?? ''
  const number = useParam('renews')
  const caseNo = useParam('from') ?? ''
  const renews = useMemo(() => (number ? { number, caseNo } : undefined), [number, caseNo])
  const answers = useMemo(() => answersOf(given), [given])
  const service = useLoad(() => getService(code), [code], `service.${code}`)
  if (service.data) return <Wizard key={code} service={service.data} answers={answers} renews={renews} stale={service.stale ? service.fault : ''} />
  return <Page title="在线申请"><Waiting of={service}>{() => null}</Waiting></Page>
}

function answersOf(text: string): Record<string, string> {
  const pairs = text.split(',').map((each) => each.split(':'))
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair.length === 2))
}
