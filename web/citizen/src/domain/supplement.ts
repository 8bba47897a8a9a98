/** What a supplement may hold: what is asked for first, the rest folded away; and what was changed, which alone is sent. */
import type { Case, Service, SupplementRequest } from '@/api/types'
import { cleaned, fieldsOf, type Field, type Values } from '@shared/form'
import { materialsFor } from '@shared/materials'
import { fieldsAsked, formOpen, slotsOf, type Slot } from '@shared/missing'
import { toHandIn, type HandedFile } from './draft'

/** A supplement not yet sent. */
export interface Begun {
  /** The Idempotency-Key it is sent with; a new one after a refusal. */
  key: string
  form: Values
  materials: HandedFile[]
}

type Request = Pick<SupplementRequest, 'materials'> & { form?: Values }

export interface Places {
  slots: Slot[]
  fields: Field[]
  otherSlots: Slot[]
  otherFields: Field[]
}

/** Where this case can be supplemented. A masked form is not changed; fields not asked for only while an item in words is open. */
export function placesOf(data: Case, service: Service, answers: Record<string, unknown>): Places {
  const form = data.masked ? [] : fieldsOf(service.form)
  const slots = slotsOf(data, service.materials)
  const fields = fieldsAsked(data, form)
  return {
    slots,
    fields,
    otherSlots: toHandIn(materialsFor(service, answers)).filter(({ code }) => !slots.some((slot) => slot.code === code)),
    otherFields: formOpen(data) ? form.filter((field) => !fields.includes(field)) : [],
  }
}

/** What is sent: the answers that changed and the files, of places that are still there; null where there is nothing. */
export function requestOf({ slots, fields, otherSlots, otherFields }: Places, begun: Begun, before: Values): Request | null {
  const codes = new Set([...slots, ...otherSlots].map((slot) => slot.code))
  const form = changedOf(cleaned([...fields, ...otherFields], { ...before, ...begun.form }), before)
  const materials = begun.materials.filter(({ code }) => codes.has(code)).map(({ code, material_id }) => ({ code, material_id }))
  const request = { ...(Object.keys(form).length ? { form } : {}), ...(materials.length ? { materials } : {}) }
  return Object.keys(request).length ? request : null
}

/** Only the answers that differ from what was filed. */
function changedOf(now: Values, before: Values): Values {
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => value !== before[name]))
}
