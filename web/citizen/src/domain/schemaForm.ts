/** A service's form is one JSON Schema (draft-07, one flat object); this reads it into fields a page can draw. */

export interface Choice {
  value: string | number | boolean
  label: string
}

export type Value = string | number | boolean | (string | number)[] | undefined
export type Values = Record<string, Value>

export interface FieldSchema {
  type?: string
  title?: string
  format?: string
  pattern?: string
  enum?: (string | number)[]
  items?: FieldSchema
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  default?: unknown
  examples?: unknown[]
  'x-ask'?: string
  'x-help'?: string
  'x-labels'?: Record<string, string>
}

export interface FormSchema {
  properties?: Record<string, FieldSchema>
  required?: string[]
  'x-order'?: string[]
}

export type Kind = 'text' | 'long' | 'number' | 'id' | 'mobile' | 'date' | 'one' | 'many'

export interface Field {
  name: string
  title: string
  ask: string
  help: string
  example: string
  kind: Kind
  required: boolean
  choices: Choice[]
  schema: FieldSchema
}

const LONG_TEXT = 60

/** Read the fields of a form, in the order they are asked; what `x-order` forgets comes last. */
export function fieldsOf(form: unknown): Field[] {
  const schema = (form ?? {}) as FormSchema
  const properties = schema.properties ?? {}
  const order = (schema['x-order'] ?? []).filter((name) => name in properties)
  const names = [...order, ...Object.keys(properties).filter((name) => !order.includes(name))]
  return names.map((name) => fieldOf(name, properties[name] ?? {}, (schema.required ?? []).includes(name)))
}

function fieldOf(name: string, schema: FieldSchema, required: boolean): Field {
  const title = schema.title ?? name
  const choices = choicesOf(schema)
  const example = choices.length ? '' : String(schema.examples?.[0] ?? '')
  return { name, title, ask: schema['x-ask'] ?? '', help: schema['x-help'] ?? '', example, kind: kindOf(schema), required, choices, schema }
}

function choicesOf(schema: FieldSchema): Choice[] {
  if (schema.type === 'boolean') return [{ value: true, label: '是' }, { value: false, label: '否' }]
  const source = schema.type === 'array' ? (schema.items ?? {}) : schema
  const labels = { ...source['x-labels'], ...schema['x-labels'] }
  return (source.enum ?? []).map((value) => ({ value, label: labels[String(value)] ?? String(value) }))
}

function kindOf(schema: FieldSchema): Kind {
  if (schema.type === 'array') return 'many'
  if (schema.enum || schema.type === 'boolean') return 'one'
  if (schema.type === 'integer' || schema.type === 'number') return 'number'
  if (schema.format === 'id-number' || schema.format === 'credit-code') return 'id'
  if (schema.format === 'mobile') return 'mobile'
  if (schema.format === 'date') return 'date'
  return (schema.maxLength ?? 0) > LONG_TEXT ? 'long' : 'text'
}

/** Turn what was typed into the value the schema wants; an empty answer is no answer. */
export function typed(field: Field, raw: Value): Value {
  if (field.kind !== 'number' || typeof raw !== 'string') return raw === '' ? undefined : raw
  const text = raw.trim()
  if (text === '') return undefined
  return Number.isFinite(Number(text)) ? Number(text) : text
}

/** Write an answer for reading: labels instead of codes, days in Chinese. */
export function shown(field: Field, value: Value): string {
  if (value === undefined || value === '') return '未填写'
  const label = (one: string | number | boolean) => field.choices.find((choice) => choice.value === one)?.label ?? String(one)
  if (Array.isArray(value)) return value.map(label).join('、') || '未填写'
  if (field.choices.length) return label(value)
  if (field.kind === 'date') return chineseDay(String(value))
  return String(value)
}

function chineseDay(text: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(text)
  return match ? `${match[1]}年${Number(match[2])}月${Number(match[3])}日` : text
}

/** Only the answers the form knows, without the empty ones: what is sent. */
export function cleaned(fields: Field[], values: Values): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const field of fields) {
    const value = typed(field, values[field.name])
    const empty = value === undefined || (Array.isArray(value) && value.length === 0)
    if (!empty) kept[field.name] = typeof value === 'string' ? value.trim() : value
  }
  return kept
}
