/** A supplement on its way: what is begun, and what of it is sent. */
import type { SupplementRequest } from '@/api/types'
import { cleaned, type Values } from '@shared/form'
import { AWAITED } from '@shared/days'
import type { Asking, Places } from '@shared/missing'
import type { HandedFile } from './draft'
import { dayText } from './due'

/** A supplement not yet sent. */
export interface Begun {
  /** The Idempotency-Key it is sent with; a new one after a refusal. */
  key: string
  form: Values
  materials: HandedFile[]
}

type Request = Pick<SupplementRequest, 'materials'> & { form?: Values }

/** By when what a department asks for is to be there, and which department where it is to be `named`. */
export function askingText({ department_name, due, provisional }: Omit<Asking, 'items'>, named: boolean, now?: number): string {
  return `${named ? `${department_name}：` : ''}${dayText(due, now)}前交齐${provisional ? AWAITED : ''}`
}

/**
 * What is sent: the answers that changed and the files, of places that are still there; null where there is nothing. A field that
 * was asked for is sent as soon as it was looked at: that it is right as it stands is an answer too.
 */
export function requestOf({ slots, fields, otherSlots, otherFields }: Places, begun: Begun, before: Values): Request | null {
  const codes = new Set([...slots, ...otherSlots].map((slot) => slot.code))
  const looked = new Set(fields.map(({ name }) => name).filter((name) => name in begun.form))
  const now = cleaned([...fields, ...otherFields], { ...before, ...begun.form })
  const form = Object.fromEntries(Object.entries(now).filter(([name, value]) => value !== before[name] || looked.has(name)))
  const materials = begun.materials.filter(({ code }) => codes.has(code)).map(({ code, material_id }) => ({ code, material_id }))
  const request = { ...(Object.keys(form).length ? { form } : {}), ...(materials.length ? { materials } : {}) }
  return Object.keys(request).length ? request : null
}
