/** An application not yet sent: kept on the phone after every change, so that it can be gone on with later. */
import type { Material, Service } from '@/api/types'
import { cleaned, fieldsOf, type Values } from '@shared/form'
import { FORMATS, isIdNumber, isMobile } from '@shared/formats'
import { materialsFor } from '@shared/materials'
import type { Faults } from '@shared/validate'
import type { DeliveryMethod } from '@shared/vocabulary'

export interface HandedFile {
  code: string
  material_id: string
  name: string
}

export interface Delivery {
  method?: DeliveryMethod
  name: string
  phone: string
  address: string
}

export interface Agent {
  name: string
  id_number: string
  phone: string
}

export interface Renews {
  number: string
  caseNo: string
}

export interface Draft {
  service: string
  step: number
  form: Values
  materials: HandedFile[]
  delivery: Delivery
  contact: { name: string; phone: string }
  agent: Agent | null
  consent: boolean
  /** The certificate to be renewed, and the case that gave it, whose answers can be used again. */
  renews?: Renews
  /** The Idempotency-Key this draft is sent with; a new one after a refusal. */
  key: string
  savedAt: number
}

export function emptyDraft(service: Service, key: string, answers: Record<string, string>, phone: string, renews?: Renews): Draft {
  const known = new Set(fieldsOf(service.form).map((field) => field.name))
  const form = Object.fromEntries(Object.entries(answers).filter(([name]) => known.has(name)))
  return {
    service: service.code,
    step: 0,
    form,
    materials: [],
    delivery: { method: renews ? 'electronic' : service.delivery[0], name: '', phone: '', address: '' },
    contact: { name: '', phone },
    agent: null,
    consent: false,
    ...(renews ? { renews } : {}),
    key,
    savedAt: 0,
  }
}

/** Tell whether a draft holds anything worth going on with. */
export function begun(draft: Draft): boolean {
  return draft.step > 0 || draft.materials.length > 0 || Object.values(draft.form).some((value) => value !== undefined && value !== '')
}

/** What the citizen has to hand in; what the government issued is looked up (免提交). */
export function toHandIn(materials: Material[]): Material[] {
  return materials.filter((material) => material.source === 'self')
}

/** The faults of the part "how to get the result, and how to reach you". */
export function wayFaults(draft: Draft): Faults {
  const faults: Faults = {}
  if (!draft.delivery.method) faults['delivery.method'] = '请选择怎么领取结果'
  if (draft.delivery.method === 'courier') {
    if (!draft.delivery.name.trim()) faults['delivery.name'] = '请填写收件人姓名'
    if (!isMobile(draft.delivery.phone)) faults['delivery.phone'] = FORMATS.mobile.words
    if ([...draft.delivery.address.trim()].length < 5) faults['delivery.address'] = '请填写详细的收件地址（省市区、街道、门牌号）'
  }
  if (!isMobile(draft.contact.phone)) faults['contact.phone'] = FORMATS.mobile.words
  if (draft.agent) {
    if (!draft.agent.name.trim()) faults['agent.name'] = '请填写代办人姓名'
    if (!isIdNumber(draft.agent.id_number)) faults['agent.id_number'] = FORMATS['id-number'].words
    if (!isMobile(draft.agent.phone)) faults['agent.phone'] = FORMATS.mobile.words
  }
  return faults
}

/** The request a draft makes. The same draft always makes the same request. */
export function requestOf(service: Service, draft: Draft): Record<string, unknown> {
  const wanted = new Set(toHandIn(materialsFor(service, draft.form)).map((material) => material.code))
  const materials = draft.materials.filter((file) => wanted.has(file.code)).map(({ code, material_id }) => ({ code, material_id }))
  const name = draft.contact.name.trim()
  const { method, ...place } = draft.delivery
  const courier = { name: place.name.trim(), phone: place.phone, address: place.address.trim() }
  return {
    service: draft.service,
    form: cleaned(fieldsOf(service.form), draft.form),
    ...(materials.length ? { materials } : {}),
    contact: { phone: draft.contact.phone, ...(name ? { name } : {}) },
    ...(method ? { delivery: { method, ...(method === 'courier' ? courier : {}) } } : {}),
    ...(draft.renews ? { renews: draft.renews.number } : {}),
    ...(draft.agent ? { agent: { ...draft.agent, name: draft.agent.name.trim() } } : {}),
    prefill_consent: draft.consent,
  }
}
