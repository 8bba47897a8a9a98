/** 补正: hand in what was missing, change what was asked for; the rest stays as it is. */
import { getCase, getService } from '@/api'
import type { Case, Service } from '@/api/types'
import { useParam } from '@/state/params'
import { useLoad } from '@/state/useLoad'
import { Box, Button, Fold, Heading } from '@/ui/kit'
import { FieldView } from '@/ui/FieldView'
import { MaterialUpload } from '@/ui/MaterialUpload'
import { MissingList } from '@/ui/MissingList'
import { NeedSignIn } from '@/ui/NeedSignIn'
import { Note } from '@/ui/Note'
import { Page } from '@/ui/Page'
import { Waiting } from '@/ui/Waiting'
import { lackingBeside, type Slot } from '@shared/missing'
import type { Field } from '@shared/form'
import { useSupplement } from './useSupplement'

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
    return { found, service: await getService(found.service, { version: found.version }) }
  }, [caseNo])
  return <Waiting of={both}>{({ found, service }) => <Editor key={found.case_no} found={found} service={service} />}</Waiting>
}

function Editor({ found, service }: { found: Case; service: Service }) {
  const { begun, values, places, faults, fault, write, add, drop, busy, send } = useSupplement(found, service)
  const field = (each: Field) => (
    <FieldView key={each.name} field={each} value={values[each.name]} fault={faults[each.name]} onChange={(value) => write(each.name, value)} />
  )
  const upload = (slot: Slot) => (
    <MaterialUpload key={slot.code} material={slot} files={begun.materials.filter((file) => file.code === slot.code)} onAdd={add} onDrop={drop} busy={busy} />
  )
  if (!found.can.includes('supplement')) return <Note>这个办件已经作出决定，不能再补交材料。</Note>
  return (
    <>
      {places.slots.length || places.fields.length ? (
        <Box className="panel">
          <Heading level={2} className="section-title">{found.missing.length ? '需要补正的内容' : '还缺的材料'}</Heading>
          <MissingList missing={found.missing} lacking={lackingBeside(found)} />
        </Box>
      ) : null}
      {places.slots.length || places.fields.length ? <Box className="panel">{places.slots.map(upload)}{places.fields.map(field)}</Box> : null}
      {places.otherSlots.length ? <Fold summary={places.slots.length ? '补传其他材料' : '补传材料'} className="panel">{places.otherSlots.map(upload)}</Fold> : null}
      {places.otherFields.length ? <Fold summary="修改填写的其他内容" className="panel">{places.otherFields.map(field)}</Fold> : null}
      {found.masked ? <Note>填写的内容由提交申请的人、代办人修改，或带证件到窗口改；您可以补传材料。</Note> : null}
      {fault ? <Note kind="wrong">{fault}</Note> : null}
      <Button kind="primary" className="btn-block" onPress={send}>{places.slots.length || places.fields.length ? '提交补正' : '提交'}</Button>
    </>
  )
}
