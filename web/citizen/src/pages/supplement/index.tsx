/** 补正: hand in what was missing, change what was asked for; the rest stays as it is. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { getCase, getService } from '@/api'
import type { Case, Service } from '@/api/types'
import type { HandedFile } from '@/domain/draft'
import { toHandIn } from '@/domain/draft'
import { faultsUnder } from '@/domain/problem'
import { askedFor, changedOf, missingOf } from '@/domain/supplement'
import { focusOn } from '@/platform/device'
import { read, remove, write } from '@/platform/store'
import { go, replace } from '@/state/nav'
import { newKey, outbox, sendNow } from '@/state/outbox'
import { useParam } from '@/state/params'
import { session } from '@/state/session'
import { useLoad } from '@/state/useLoad'
import { Box, Button, Fold, Heading } from '@/ui/kit'
import { FieldView } from '@/ui/FieldView'
import { MaterialUpload } from '@/ui/MaterialUpload'
import { NeedSignIn } from '@/ui/NeedSignIn'
import { Note } from '@/ui/Note'
import { Page } from '@/ui/Page'
import { Waiting } from '@/ui/Waiting'
import { cleaned, fieldsOf, type Values } from '@shared/form'
import { materialsFor } from '@shared/materials'
import { faultsOf, type Faults } from '@shared/validate'

interface Kept {
  key: string
  form: Values
  materials: HandedFile[]
}

export default function Supplement() {
  const caseNo = useParam('case_no') ?? ''
  return (
    <Page title="补正材料">
      <NeedSignIn words="登录后可以补正。">{() => <Load caseNo={caseNo} />}</NeedSignIn>
    </Page>
  )
}

function Load({ caseNo }: { caseNo: string }) {
  const both = useLoad(async () => {
    const found = await getCase(caseNo)
    return { found, service: await getService(found.service) }
  }, [caseNo])
  return <Waiting of={both}>{({ found, service }) => <Editor key={found.case_no} found={found} service={service} />}</Waiting>
}

function Editor({ found, service }: { found: Case; service: Service }) {
  const name = `supplement.${found.case_no}`
  const [kept, setKept] = useState<Kept>(() => read<Kept>(name) ?? { key: newKey(), form: {}, materials: [] })
  const [faults, setFaults] = useState<Faults>({})
  const [fault, setFault] = useState('')
  const uploading = useRef(0)
  const fields = useMemo(() => (found.masked ? [] : fieldsOf(service.form)), [found, service])
  const before = useMemo(() => (found.form ?? {}) as Values, [found])
  const missing = missingOf(found)
  const values = { ...before, ...kept.form }
  const asked = askedFor(missing, fields, toHandIn(materialsFor(service, values)))
  const change = (next: Partial<Kept>) => {
    const all = { ...kept, ...next }
    write(name, all)
    setKept(all)
  }
  useEffect(() => {
    const entry = outbox.find(kept.key)
    if (entry && entry.state !== 'refused') {
      if (entry.state === 'done') remove(name)
      return replace('receipt', { key: kept.key })
    }
    if (!entry) return
    outbox.forget(kept.key)
    change({ key: newKey() })
    setFaults(faultsUnder('form', entry.fault?.fields ?? []).faults)
    setFault(entry.fault?.detail ?? '')
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  const send = () => {
    const who = session.get()
    if (!who) return go('signin')
    if (uploading.current > 0) return setFault('材料还在上传，请等一下')
    const form = changedOf(cleaned(fields, values), before)
    if (!Object.keys(form).length && !kept.materials.length) return setFault('还没有改动。请补传材料，或修改填写的内容。')
    const wrong = faultsOf(fields, values)
    setFaults(wrong)
    const first = Object.keys(wrong)[0]
    if (first) return focusOn(`f-${first}`)
    const materials = kept.materials.map(({ code, material_id }) => ({ code, material_id }))
    const body = JSON.stringify({ ...(Object.keys(form).length ? { form } : {}), ...(materials.length ? { materials } : {}) })
    outbox.put({ key: kept.key, kind: 'supplement', path: `/v1/cases/${found.case_no}/supplement`, body, title: `${found.service_name}补正`, service: found.service, owner: who.account })
    void sendNow(true)
    return replace('receipt', { key: kept.key })
  }
  const field = (each: (typeof fields)[number]) => (
    <FieldView key={each.name} field={each} value={values[each.name]} fault={faults[each.name]} onChange={(value) => change({ form: { ...kept.form, [each.name]: value } })} />
  )
  const upload = (material: (typeof asked.materials)[number]) => (
    <MaterialUpload
      key={material.code}
      material={material}
      files={kept.materials.filter((file) => file.code === material.code)}
      onAdd={(file) => setKept((old) => { const all = { ...old, materials: [...old.materials, file] }; write(name, all); return all })}
      onDrop={(id) => change({ materials: kept.materials.filter((file) => file.material_id !== id) })}
      busy={(by) => { uploading.current += by }}
    />
  )
  if (!found.can.includes('supplement')) return <Note>这个办件现在不用补正。</Note>
  return (
    <>
      <Box className="panel">
        <Heading level={2} className="section-title">需要补正的内容</Heading>
        <Box as="ul" className="lines">{missing.map((each, index) => <Box as="li" key={index} className="lines-one">{each.text}</Box>)}</Box>
      </Box>
      <Box className="panel">{asked.materials.map(upload)}{asked.fields.map(field)}</Box>
      {asked.otherMaterials.length ? <Fold summary="补传其他材料" className="panel">{asked.otherMaterials.map(upload)}</Fold> : null}
      {asked.otherFields.length ? <Fold summary="修改填写的其他内容" className="panel">{asked.otherFields.map(field)}</Fold> : null}
      {found.masked ? <Note>填写的内容只能由提交申请的人或代办人修改，您可以补传材料。</Note> : null}
      {fault ? <Note kind="wrong">{fault}</Note> : null}
      <Button kind="primary" className="btn-block" onPress={send}>提交补正</Button>
    </>
  )
}
