/** Say at once what is wrong with an answer, in the words the server would use (kernel/schema.py). */
import { FORMATS, FORMAT_MESSAGES } from './formats'
import { cleaned, type Field, type FieldSchema, type Values } from './schemaForm'

export type Faults = Record<string, string>

/** Check one answer as it would be sent. Returns the Chinese fault, or '' when it is right. */
export function faultOf(field: Field, value: unknown): string {
  if (value === undefined) return field.required ? `${field.title}不能为空` : ''
  const rule = broken(field.schema, value)
  return rule ? field.title + rule : ''
}

/** Check a whole form: a fault for every field that has one. */
export function faultsOf(fields: Field[], values: Values): Faults {
  const sent = cleaned(fields, values)
  const found: Faults = {}
  for (const field of fields) {
    const fault = faultOf(field, sent[field.name])
    if (fault) found[field.name] = fault
  }
  return found
}

function broken(schema: FieldSchema, value: unknown): string {
  if (Array.isArray(value)) return brokenList(schema, value)
  if (schema.enum) return schema.enum.includes(value as string) ? '' : '：请从选项中选择'
  if (schema.type === 'integer' || schema.type === 'number') return brokenNumber(schema, value)
  if (schema.type === 'boolean') return typeof value === 'boolean' ? '' : '应当是是或否'
  return typeof value === 'string' ? brokenText(schema, value) : '应当是文字'
}

function brokenText(schema: FieldSchema, value: string): string {
  const length = [...value].length
  if (schema.minLength !== undefined && length < schema.minLength) {
    return schema.minLength === 1 ? '不能为空' : `至少${schema.minLength}个字`
  }
  if (schema.maxLength !== undefined && length > schema.maxLength) return `不能超过${schema.maxLength}个字`
  const format = schema.format && FORMATS[schema.format]
  if (format && !format(value)) return `：${FORMAT_MESSAGES[schema.format ?? '']}`
  if (schema.pattern && !new RegExp(schema.pattern, 'u').test(value)) {
    const example = schema.examples?.[0]
    return example === undefined ? '不符合要求' : `不符合要求，请参照“${String(example)}”填写`
  }
  return ''
}

function brokenNumber(schema: FieldSchema, value: unknown): string {
  if (typeof value !== 'number') return '应当是数字'
  if (schema.type === 'integer' && !Number.isInteger(value)) return '应当是整数'
  if (schema.minimum !== undefined && value < schema.minimum) return `不能小于${schema.minimum}`
  if (schema.maximum !== undefined && value > schema.maximum) return `不能大于${schema.maximum}`
  return ''
}

function brokenList(schema: FieldSchema, value: unknown[]): string {
  if (schema.minItems !== undefined && value.length < schema.minItems) return `至少选${schema.minItems}项`
  if (schema.maxItems !== undefined && value.length > schema.maxItems) return `不能超过${schema.maxItems}项`
  const allowed = schema.items?.enum
  return allowed && value.some((one) => !allowed.includes(one as string)) ? '：请从选项中选择' : ''
}
