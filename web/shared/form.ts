/**
 * A service's form is one JSON Schema (draft-07, one flat object: service.schema.json) with the same words every channel uses: `x-order`,
 * `title`, `x-ask`, `x-help`, `x-labels`, `format`. This reads it into fields a page can draw, and writes answers as the API takes them.
 */
import { formatOf, type Kind, plain, tidied } from './formats'

export interface Choice {
  value: string | boolean
  label: string
}

export type Value = string | number | boolean | undefined
export type Values = Record<string, Value>

export interface FieldSchema {
  type?: string
  title?: string
  format?: string
  pattern?: string
  enum?: string[]
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
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

const LONG_TEXT = 60 // characters; what may be longer gets more than one line

/** Read the fields of a form, in the order they are asked; what `x-order` forgets comes last. */
export function fieldsOf(form: unknown): Field[] {
  const { properties = {}, required = [], 'x-order': order = [] } = (form ?? {}) as FormSchema
  const names = [...order.filter((name) => name in properties), ...Object.keys(properties).filter((name) => !order.includes(name))]
  return names.map((name) => fieldOf(name, properties[name] ?? {}, required.includes(name)))
}

function fieldOf(name: string, schema: FieldSchema, required: boolean): Field {
  const title = schema.title ?? name
  const choices = choicesOf(schema)
  const example = choices.length ? '' : String(schema.examples?.[0] ?? '')
  return { name, title, ask: schema['x-ask'] ?? '', help: schema['x-help'] ?? '', example, kind: kindOf(schema), required, choices, schema }
}

function choicesOf(schema: FieldSchema): Choice[] {
  if (schema.type === 'boolean') return [{ value: true, label: '是' }, { value: false, label: '否' }]
  return (schema.enum ?? []).map((value) => ({ value, label: schema['x-labels']?.[value] ?? value }))
}

function kindOf(schema: FieldSchema): Kind {
  if (schema.enum || schema.type === 'boolean') return 'one'
  if (schema.type === 'integer') return 'number'
  return formatOf(schema.format)?.kind ?? ((schema.maxLength ?? 0) > LONG_TEXT ? 'long' : 'text')
}

/** Turn what was typed into the value the API takes: trimmed, a number of digits, 20260131 a day. An empty answer is no answer. */
export function tidy(field: Field, raw: Value): Value {
  if (typeof raw !== 'string') return raw ?? undefined
  const text = tidied(raw, field.schema.format).trim()
  if (text === '') return undefined
  return field.kind === 'number' && /^-?\d+(\.\d+)?$/.test(plain(text)) ? Number(plain(text)) : text
}

/** Only the answers the form knows, tidy and without the empty ones: what is sent. */
export function cleaned(fields: Field[], values: Values): Values {
  const tidied = fields.map((field) => [field.name, tidy(field, values[field.name])] as const)
  return Object.fromEntries(tidied.filter(([, value]) => value !== undefined))
}

/** Write an answer for reading: labels instead of codes, days in Chinese, `none` for no answer. */
export function shown(field: Field, value: Value, none: string): string {
  if (value === undefined || value === null || value === '') return none
  if (field.choices.length) return field.choices.find((choice) => choice.value === value)?.label ?? String(value)
  return formatOf(field.schema.format)?.shown?.(String(value)) ?? String(value)
}
