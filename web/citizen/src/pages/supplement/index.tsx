/** 补正: hand in what was missing, change what was asked for; the rest stays as it is. */
import type { ReactNode } from 'react'
import { getCase, getService } from '@/api'
import type { Case, Service } from '@/api/types'
import { askingText } from '@/domain/supplement'
import { useParam } from '@/state/params'
import { useLoad } from '@/state/useLoad'
import { Box, Button, Fold, Heading, Text } from '@/ui/kit'
import { FieldView } from '@/ui/FieldView'
import { MaterialUpload } from '@/ui/MaterialUpload'
import { NeedSignIn } from '@/ui/NeedSignIn'
import { Note } from '@/ui/Note'
import { Page } from '@/ui/Page'
import { Waiting } from '@/ui/Waiting'
import { askedOf, slotsBeside, type Asked, type Slot } from '@shared/missing'
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
  const beside = slotsBeside(found.missing, places.slots)
  if (!found.can.includes('supplement')) return <Note>这个办件已经作出决定，不能再补交材料。</Note>
  return (
    <>
      {found.missing.length ? (
        <Box as="section" className="panel">
          <Heading level={2} className="section-title">需要补正的内容</Heading>
          {askedOf(found.missing, places).map((asking) => (
            <Box key={`${asking.department} ${asking.due}`} className="missing">
              <Text className="missing-title">{askingText(asking, true)}</Text>
              {asking.items.map((asked, index) => <Item key={index} asked={asked} upload={upload} field={field} />)}
            </Box>
          ))}
        </Box>
      ) : null}
      {beside.length ? (
        <Box as="section" className="panel">
          <Heading level={2} className="section-title">还没有交的材料</Heading>
          {beside.map(upload)}
        </Box>
      ) : null}
      {places.otherSlots.length ? <Fold summary={places.slots.length ? '补传其他材料' : '补传材料'} className="panel">{places.otherSlots.map(upload)}</Fold> : null}
      {places.otherFields.length ? <Fold summary="修改填写的其他内容" className="panel">{places.otherFields.map(field)}</Fold> : null}
      {found.masked ? <Note>填写的内容由提交申请的人、代办人修改，或带证件到窗口改；您可以补传材料。</Note> : null}
      {fault ? <Note kind="wrong">{fault}</Note> : null}
      <Button kind="primary" className="btn-block" onPress={send}>{places.slots.length || places.fields.length ? '提交补正' : '提交'}</Button>
    </>
  )
}

/** The department's own words, and under them where they are answered; a file asked for in words has them for its name. */
function Item({ asked: { item, slot, field }, upload, field: ask }: { asked: Asked; upload: (slot: Slot) => ReactNode; field: (field: Field) => ReactNode }) {
  return (
    <Box className="asked">
      {slot?.name === item.text ? null : <Text className="asked-words">{item.text}</Text>}
      {slot ? upload(slot) : null}
      {field ? ask(field) : null}
    </Box>
  )
}
