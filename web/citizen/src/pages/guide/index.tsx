/** What a service is, what it needs, how long it takes and what it costs. */
import { useState } from 'react'
import { getService } from '@/api'
import type { Service } from '@/api/types'
import { feeLines, flowOf } from '@/domain/guide'
import { go } from '@/state/nav'
import { useParam } from '@/state/params'
import { useLoad } from '@/state/useLoad'
import { begun } from '@/domain/draft'
import { loadDraft } from '@/state/drafts'
import { HERE } from '@/platform/here'
import { Box, Button, Call, Fold, Heading, Text } from '@/ui/kit'
import { Flow } from '@/ui/Flow'
import { Note } from '@/ui/Note'
import { Page } from '@/ui/Page'
import { Waiting } from '@/ui/Waiting'
import { Facts } from './Facts'
import { MaterialsPart } from './MaterialsPart'

export default function Guide() {
  const code = useParam('code') ?? ''
  const service = useLoad(() => getService(code), [code], `service.${code}`)
  const [answers, setAnswers] = useState<Record<string, string>>({})
  const draft = loadDraft(code)
  const online = service.data?.channels.includes(HERE.channel)
  const apply = () => go('apply', { code, answers: Object.entries(answers).map(([id, value]) => `${id}:${value}`).join(',') || undefined })
  const actions = online ? <Button kind="primary" className="btn-block" onPress={apply}>{draft && begun(draft) ? '继续填写' : '在线申请'}</Button> : null
  return (
    <Page title={service.data?.name ?? '办事指南'} wide actions={actions}>
      <Waiting of={service}>
        {(data) => (
          <Box className="cols">
            <Box className="cols-main">
              <Text className="lead">{data.summary}</Text>
              <Facts service={data} />
              {online ? null : <Note kind="warn">这件事暂时不能在这里办，请到窗口办理或拨打12345询问。</Note>}
              {data.note ? <Note>{data.note}</Note> : null}
              <MaterialsPart service={data} answers={answers} onAnswers={setAnswers} />
            </Box>
            <Box className="cols-side"><Side service={data} /></Box>
          </Box>
        )}
      </Waiting>
    </Page>
  )
}

function Side({ service }: { service: Service }) {
  return (
    <>
      <Box as="section" className="panel">
        <Heading level={2} className="section-title">怎么办</Heading>
        <Flow steps={flowOf(service)} />
      </Box>
      <Box as="section" className="panel">
        <Heading level={2} className="section-title">还想了解</Heading>
        <Folded title="哪些人可以办" lines={service.conditions} open />
        <Folded title="办理步骤说明" lines={service.process} />
        {service.fee ? <Folded title="怎么收费" lines={feeLines(service.fee)} open /> : null}
        {service.pickup ? <Folded title="到哪里领" lines={[service.pickup.address, service.pickup.hours]} /> : null}
        {service.questions?.length ? <Folded title="常见问题" lines={service.questions.map(({ ask, answer }) => `问：${ask} 答：${answer}`)} /> : null}
        <Folded title="法律依据" lines={service.legal_basis} />
      </Box>
      <Box className="help-line">主办：{service.department_name}，咨询电话 <Call phone={service.department_phone} /></Box>
      <Box className="help-line">看不懂？打 <Call phone="12345" /> 有人解答。</Box>
    </>
  )
}

function Folded({ title, lines, open }: { title: string; lines: string[]; open?: boolean }) {
  if (!lines.length) return null
  return (
    <Fold summary={title} open={open}>
      <Box as="ul" className="lines">{lines.map((line) => <Box as="li" key={line} className="lines-one">{line}</Box>)}</Box>
    </Fold>
  )
}

