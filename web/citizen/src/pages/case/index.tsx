/** One case: how it stands, what can be done now, what happened. */
import { useDidShow } from '@tarojs/taro'
import { getCase } from '@/api'
import type { Case } from '@/api/types'
import { promise, timeText } from '@/domain/due'
import { renewalText } from '@/domain/renewal'
import { procedureText } from '@/domain/timeline'
import { useParam } from '@/state/params'
import { session } from '@/state/session'
import { useStore } from '@/state/store'
import { useLoad } from '@/state/useLoad'
import { usePolling } from '@/state/usePolling'
import { Box, Heading, Text } from '@/ui/kit'
import { NeedSignIn } from '@/ui/NeedSignIn'
import { Note } from '@/ui/Note'
import { Page } from '@/ui/Page'
import { StatusTag } from '@/ui/StatusTag'
import { Timeline } from '@/ui/Timeline'
import { Waiting } from '@/ui/Waiting'
import { grouped } from '@shared/caseNo'
import { Also, Todo } from './Actions'
import { Delivery } from './Delivery'
import { Documents } from './Documents'
import { Filed } from './Filed'
import { Outcome } from './Outcome'

const EVERY = 10_000

export default function CasePage() {
  const caseNo = useParam('case_no') ?? ''
  return (
    <Page title="办件详情" wide>
      <NeedSignIn words="登录后可以看到办件详情。">{() => <Whole key={caseNo} caseNo={caseNo} />}</NeedSignIn>
    </Page>
  )
}

function Whole({ caseNo }: { caseNo: string }) {
  const who = useStore(session)
  const found = useLoad(() => getCase(caseNo), [caseNo, who?.account])
  useDidShow(() => void (found.data && found.reload()))
  usePolling(found.reload, EVERY)
  return (
    <Waiting of={found}>
      {(data) => (
        <Box className="cols">
          <Box className="cols-main">
            <Head data={data} />
            <Todo data={data} />
            {data.can.includes('deliver') ? <Delivery data={data} onChanged={found.reload} /> : null}
            <Outcome data={data} />
            <Documents data={data} />
            <Filed data={data} />
            <Also data={data} onChanged={found.reload} />
          </Box>
          <Box className="cols-side">
            <Box as="section" className="panel">
              <Heading level={2} className="section-title">办理过程</Heading>
              <Timeline entries={data.timeline} />
            </Box>
          </Box>
        </Box>
      )}
    </Waiting>
  )
}

function Head({ data }: { data: Case }) {
  const due = promise(data)
  const procedure = procedureText(data)
  const renewal = renewalText(data)
  return (
    <Box className="panel case-head">
      <Box className="card-line"><Heading level={2} className="case-name">{data.service_name}</Heading><StatusTag status={data.status} name={data.status_name} /></Box>
      <Text className="case-no">办件号 {grouped(data.case_no)}</Text>
      <Text className={`due due-${due.lamp}`}>{due.text}</Text>
      <Text className="card-words">{data.applicant}，{timeText(data.received_at)}申请</Text>
      {procedure ? <Note>{procedure}</Note> : null}
      {renewal ? <Text className="card-words">{renewal}</Text> : null}
    </Box>
  )
}
