/** A supplement as it is written: kept on the phone, sent through the outbox, taken up again after a refusal. */
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Case, Service } from '@/api/types'
import type { HandedFile } from '@/domain/draft'
import { faultsUnder } from '@/domain/problem'
import { requestOf, type Begun } from '@/domain/supplement'
import { focusOn } from '@/platform/device'
import { loadSupplement, saveSupplement } from '@/state/drafts'
import { go, replace } from '@/state/nav'
import { newKey, outbox, sendNow } from '@/state/outbox'
import { session } from '@/state/session'
import { fieldsOf, type Value, type Values } from '@shared/form'
import { placesOf } from '@shared/missing'
import { faultsOf, type Faults } from '@shared/validate'

export function useSupplement(found: Case, service: Service) {
  const [begun, setBegun] = useState<Begun>(() => loadSupplement(found.case_no) ?? { key: newKey(), form: {}, materials: [] })
  const [faults, setFaults] = useState<Faults>({})
  const [fault, setFault] = useState('')
  const uploading = useRef(0)
  const before = useMemo(() => (found.form ?? {}) as Values, [found])
  const values = { ...before, ...begun.form }
  const places = placesOf(found, service, found.masked ? [] : fieldsOf(service.form), values)
  const change = (next: (old: Begun) => Begun) =>
    setBegun((old) => {
      const all = next(old)
      saveSupplement(found.case_no, all)
      return all
    })

  useEffect(() => {
    const entry = outbox.find(begun.key)
    if (!entry) return
    if (entry.state !== 'refused') return replace('receipt', { key: begun.key })
    outbox.forget(begun.key)
    change((old) => ({ ...old, key: newKey() }))
    setFaults(faultsUnder('form', entry.fault?.fields ?? []).faults)
    setFault(entry.fault?.detail ?? '')
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  const send = () => {
    const who = session.get()
    if (!who) return go('signin')
    if (uploading.current > 0) return setFault('材料还在上传，请等一下')
    const request = requestOf(places, begun, before)
    if (!request) return setFault('还没有改动。请补传材料，或修改填写的内容。')
    const wrong = faultsOf([...places.fields, ...places.otherFields], values)
    setFaults(wrong)
    const first = Object.keys(wrong)[0]
    if (first) return focusOn(`f-${first}`)
    const path = `/v1/cases/${found.case_no}/supplement`
    outbox.put({ key: begun.key, kind: 'supplement', path, body: JSON.stringify(request), title: `${found.service_name}补正`, service: found.service, owner: who.account })
    void sendNow(true)
    return replace('receipt', { key: begun.key })
  }

  return {
    begun,
    values,
    places,
    faults,
    fault,
    write: (name: string, value: Value) => change((old) => ({ ...old, form: { ...old.form, [name]: value } })),
    add: (file: HandedFile) => change((old) => ({ ...old, materials: [...old.materials, file] })),
    drop: (id: string) => change((old) => ({ ...old, materials: old.materials.filter((file) => file.material_id !== id) })),
    busy: (by: 1 | -1) => { uploading.current += by },
    send,
  }
}
