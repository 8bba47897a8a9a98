/** The four steps of an application, one after the other; only a step without faults is left. */
import { useEffect, useRef, useState } from 'react'
import type { Service } from '@/api/types'
import { requestOf, wayFaults, type Renews } from '@/domain/draft'
import { focusOn, toTop } from '@/platform/device'
import { go, replace } from '@/state/nav'
import { newKey, outbox, sendNow } from '@/state/outbox'
import { session } from '@/state/session'
import { useStore } from '@/state/store'
import { Box, Button, Text } from '@/ui/kit'
import { Note } from '@/ui/Note'
import { Page } from '@/ui/Page'
import { grouped } from '@shared/caseNo'
import { fieldsOf } from '@shared/form'
import { faultsOf, type Faults } from '@shared/validate'
import { Stepper } from './Stepper'
import { FormStep } from './steps/FormStep'
import { MaterialsStep } from './steps/MaterialsStep'
import { ReviewStep } from './steps/ReviewStep'
import { WayStep } from './steps/WayStep'
import { refusedFaults } from './refused'
import { useDraft } from './useDraft'

const STEPS = ['填信息', '传材料', '怎么领', '核对']

interface Props {
  service: Service
  answers: Record<string, string>
  renews: Renews | undefined
  stale: string
}

export function Wizard({ service, answers, renews, stale }: Props) {
  const editing = useDraft(service, answers, renews)
  const { draft, change } = editing
  const who = useStore(session)
  const [faults, setFaults] = useState<Faults>({})
  const [refusal, setRefusal] = useState('')
  const [agreed, setAgreed] = useState(false)
  const uploading = useRef(0)
  const fields = fieldsOf(service.form)
  const step = Math.min(draft.step, STEPS.length - 1)

  useEffect(() => {
    const entry = outbox.find(draft.key)
    if (entry && entry.state !== 'refused') return replace('receipt', { key: draft.key })
    if (!entry) return
    const told = refusedFaults(entry.fault, fields.map((field) => field.name))
    outbox.forget(draft.key)
    change(() => ({ key: newKey(), step: told.step }))
    setFaults(told.faults)
    setRefusal(told.words)
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  const move = (to: number) => {
    change(() => ({ step: to }))
    setFaults({})
    toTop()
    focusOn('step-title')
  }
  const wrong = (): Faults => {
    if (step === 0) return prefixed('f', faultsOf(fields, draft.form))
    if (step === 1) return uploading.current > 0 ? { uploading: '材料还在上传，请等一下' } : {}
    if (step === 2) return wayFaults(draft)
    return agreed ? {} : { agreed: '请先勾选“我已核对，内容真实”' }
  }
  const forward = () => {
    const found = wrong()
    setFaults(found)
    const first = Object.keys(found)[0]
    if (first) return focusOn(placeOf(first))
    setRefusal('')
    if (!who) return go('signin')
    if (step < STEPS.length - 1) return move(step + 1)
    outbox.put({
      key: draft.key,
      kind: 'application',
      path: '/v1/applications',
      body: JSON.stringify(requestOf(service, draft)),
      title: service.name,
      service: service.code,
      owner: who.account,
      consent: draft.consent,
    })
    void sendNow(true)
    return replace('receipt', { key: draft.key })
  }
  const last = step === STEPS.length - 1
  const actions = (
    <>
      {step > 0 ? <Button kind="plain" onPress={() => move(step - 1)}>上一步</Button> : null}
      <Button kind="primary" className="btn-grow" onPress={forward}>{last ? '提交申请' : who ? '下一步' : '登录后继续'}</Button>
    </>
  )
  const shared = { service, editing, faults, setFaults }
  return (
    <Page title={service.name} actions={actions}>
      <Stepper names={STEPS} at={step} />
      {draft.renews ? <Note>这是延续编号{grouped(draft.renews.number)}的证照的申请，准予以后编号不变。</Note> : null}
      {stale ? <Note kind="warn">{stale}。表格是之前保存的，可以接着填。</Note> : null}
      {refusal ? <Note kind="wrong">没有提交成功：{refusal}</Note> : null}
      {Object.keys(faults).length > 1 ? <Note kind="wrong">有{Object.keys(faults).length}处需要修改，请看红字提示。</Note> : null}
      {step === 0 ? <FormStep {...shared} fields={fields} /> : null}
      {step === 1 ? <MaterialsStep {...shared} busy={(change) => { uploading.current += change }} /> : null}
      {step === 2 ? <WayStep {...shared} /> : null}
      {step === 3 ? <ReviewStep {...shared} fields={fields} agreed={agreed} onAgree={setAgreed} onEdit={move} /> : null}
      <Box className="saved"><Text>填写的内容会自动保存在这台手机上。</Text></Box>
    </Page>
  )
}

function prefixed(prefix: string, faults: Faults): Faults {
  return Object.fromEntries(Object.entries(faults).map(([name, words]) => [`${prefix}-${name}`, words]))
}

/** The id of the field a fault is about: `f-name` is itself, `contact.phone` is drawn as `contact-phone`. */
function placeOf(name: string): string {
  return name.replace('.', '-')
}
