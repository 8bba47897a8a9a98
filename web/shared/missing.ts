/** What a case still lacks (补正): who asks for it and by when, and where each item is answered. */
import type { components } from './api'
import type { Field } from './form'
import { materialsFor, type Material } from './materials'

export type Missing = components['schemas']['Missing']
type Lacking = components['schemas']['LackingMaterial']
type Open = { missing: Missing[]; missing_materials: Lacking[] }

/** All that one department asks for by one day. */
export type Asking = Pick<Missing, 'department' | 'department_name' | 'due' | 'provisional'> & { items: Missing[] }

/** A place for files: a material of the service, or an item that it does not know, whose name is what was asked. */
export type Slot = Pick<Material, 'code' | 'name' | 'need' | 'format' | 'note'> & Partial<Pick<Material, 'form' | 'copies'>>

/** Each department's list with its day, in the order of the API: the earliest day first. */
export function askings(missing: Missing[]): Asking[] {
  const found = new Map<string, Asking>()
  for (const item of missing) {
    const { department, department_name, due, provisional } = item
    const place = `${department} ${due}`
    const asking = found.get(place) ?? { department, department_name, due, provisional, items: [] }
    asking.items.push(item)
    found.set(place, asking)
  }
  return [...found.values()]
}

/** The required materials that were never handed in, but for those a department asks for anyway. */
export function lackingBeside({ missing, missing_materials }: Open): Lacking[] {
  return missing_materials.filter(({ code }) => !missing.some((item) => item.group !== 'field' && item.code === code))
}

/** Where files go, in the order they are asked for: each code once. What is asked for has to be handed in; what is lacking, as the service has it. */
export function slotsOf(open: Open, materials: Material[]): Slot[] {
  const place = (code: string, name: string): Slot => materials.find((material) => material.code === code) ?? { code, name, need: 'required', format: '' }
  const asked = open.missing.filter((item) => item.group !== 'field').map(({ code, text }): Slot => ({ ...place(code, text), need: 'required' }))
  const lacking = lackingBeside(open).map(({ code, name }) => place(code, name))
  return [...new Map([...asked, ...lacking].map((slot) => [slot.code, slot])).values()]
}

/** The fields that were asked for by name. */
export function fieldsAsked({ missing }: Pick<Open, 'missing'>, fields: Field[]): Field[] {
  return fields.filter(({ name }) => missing.some((item) => item.group === 'field' && item.code === name))
}

type Guide = Pick<components['schemas']['Service'], 'materials' | 'situations'>

/** Where a case can be supplemented: what is asked for, and beside it. */
export interface Places {
  slots: Slot[]
  fields: Field[]
  otherSlots: Slot[]
  otherFields: Field[]
}

/** One item that is asked for, and where it is answered: nowhere where its place stands above already, or is not for who reads it. */
export interface Asked {
  item: Missing
  slot?: Slot
  field?: Field
}

/** What each department asks for, each item with its place: one that several ask for stands under the first. */
export function askedOf(missing: Missing[], { slots, fields }: Pick<Places, 'slots' | 'fields'>): (Omit<Asking, 'items'> & { items: Asked[] })[] {
  const [files, answers] = [new Map(slots.map((slot) => [slot.code, slot])), new Map(fields.map((field) => [field.name, field]))]
  const once = <T>(places: Map<string, T>, code: string): T | undefined => {
    const place = places.get(code)
    places.delete(code)
    return place
  }
  return askings(missing).map((asking) => ({
    ...asking,
    items: asking.items.map((item): Asked => (item.group === 'field' ? { item, field: once(answers, item.code) } : { item, slot: once(files, item.code) })),
  }))
}

/** The places of what is lacking though nobody asked for it. */
export function slotsBeside(missing: Missing[], slots: Slot[]): Slot[] {
  return slots.filter(({ code }) => !missing.some((item) => item.group !== 'field' && item.code === code))
}

/** Other materials are taken at any time; other fields of the form only while an item in words is open. */
export function placesOf(open: Open, guide: Guide, form: Field[], answers: Record<string, unknown>): Places {
  const slots = slotsOf(open, guide.materials)
  const fields = fieldsAsked(open, form)
  return {
    slots,
    fields,
    otherSlots: materialsFor(guide, answers).filter(({ code, source }) => source === 'self' && !slots.some((slot) => slot.code === code)),
    otherFields: formOpen(open) ? form.filter((field) => !fields.includes(field)) : [],
  }
}

/** Whether the other fields may be changed too: what was asked in words may mean any of them. */
export function formOpen({ missing }: Pick<Open, 'missing'>): boolean {
  return missing.some((item) => item.group === 'words')
}
