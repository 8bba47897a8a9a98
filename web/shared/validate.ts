/** Say at once what is wrong with an answer, in the words the server would use (kernel/schema.py), which has the last word. */
import { formatOf } from './formats'
import { cleaned, type Field, type FieldSchema, type Value, type Values } from './form'

export type Faults = Record<string, string>

/** Check one answer as it would be sent. Returns the Chinese fault, or '' when it is right. */
export function faultOf(field: Field, value: Value): string {
  if (value === undefined) return field.required ? `${field.title}不能为空` : ''
  const rule = broken(field.schema, value)
  return rule ? field.title + rule : ''
}

/** Check a whole form: a fault for every field that has one. */
export function faultsOf(fields: Field[], values: Values): Faults {
  const sent = cleaned(fields, values)
  const found = fields.map((field) => [field.name, faultOf(field, sent[field.name])] as const)
  return Object.fromEntries(found.filter(([, fault]) => fault))
}

function broken(schema: FieldSchema, value: NonNullable<Value>): string {
  if (schema.enum) return schema.enum.some((one) => one === value) ? '' : '：请从选项中选择'
  if (schema.type === 'integer') return brokenNumber(schema, value)
  if (schema.type === 'boolean') return typeof value === 'boolean' ? '' : '应当是是或否'
  return typeof value === 'string' ? brokenText(schema, value) : '应当是文字'
}

function brokenText(schema: FieldSchema, value: string): string {
  const length = [...value].length
  if (schema.minLength !== undefined && length < schema.minLength) {
    return schema.minLength === 1 ? '不能为空' : `至少${schema.minLength}个字`
  }
  if (schema.maxLength !== undefined && length > schema.maxLength) return `不能超过${schema.maxLength}个字`
  const format = formatOf(schema.format)
  if (format && !format.right(value)) return `：${format.words}`
  if (schema.pattern && !new RegExp(schema.pattern, 'u').test(value)) {
    const example = schema.examples?.[0]
    return example === undefined ? '不符合要求' : `不符合要求，请参照“${String(example)}”填写`
  }
  return ''
}

function brokenNumber(schema: FieldSchema, value: NonNullable<Value>): string {
  if (typeof value !== 'number') return '应当是数字'
  if (!Number.isInteger(value)) return '应当是整数'
  if (schema.minimum !== undefined && value < schema.minimum) return `不能小于${schema.minimum}`
  if (schema.maximum !== undefined && value > schema.maximum) return `不能大于${schema.maximum}`
  return ''
}
