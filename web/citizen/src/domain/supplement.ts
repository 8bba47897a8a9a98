/** What a 补正 asks for: shown first, the rest folded away; and what was changed, which alone is sent. */
import type { Case, Material } from '@/api/types'
import type { Field } from '@shared/form'
import { lastOf } from './timeline'

type Missing = NonNullable<Case['missing']>

export interface Asked {
  materials: Material[]
  fields: Field[]
  otherMaterials: Material[]
  otherFields: Field[]
}

/** What the clerk asked for last, with the codes where the story tells them. */
export function missingOf(data: Case): Missing {
  const told = lastOf(data, 'correction_requested')?.data?.missing
  const coded = Array.isArray(told) ? told.filter((each): each is Missing[number] => typeof (each as { text?: unknown })?.text === 'string') : []
  return coded.length ? coded : (data.missing ?? [])
}

/** Sort by what the clerk named: by code, or by the name standing in the text. When nothing can be told, all materials are shown. */
export function askedFor(missing: Missing, fields: Field[], materials: Material[]): Asked {
  const named = (code: string, title: string) => missing.some((each) => each.code === code || (!each.code && each.text.includes(title)))
  const wanted = materials.filter((material) => named(material.code, material.name))
  const wrong = fields.filter((field) => named(field.name, field.title))
  const none = !wanted.length && !wrong.length
  return {
    materials: none ? materials : wanted,
    fields: wrong,
    otherMaterials: none ? [] : materials.filter((material) => !wanted.includes(material)),
    otherFields: fields.filter((field) => !wrong.includes(field)),
  }
}

/** Only the answers that differ from what was filed. */
export function changedOf(now: Record<string, unknown>, before: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name])))
}
