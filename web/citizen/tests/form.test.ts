import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import yaml from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { cleaned, fieldsOf, shown, typed, type FormSchema, type Values } from '@/domain/schemaForm'
import { faultOf, faultsOf } from '@/domain/validate'
import { prefillable } from '@/domain/prefill'

const SERVICES = path.resolve(__dirname, '../../../services')
const FILES = readdirSync(SERVICES).filter((name) => name.endsWith('.yaml') && name !== 'departments.yaml')
const load = (name: string) => yaml.load(readFileSync(path.join(SERVICES, name), 'utf8')) as { form: FormSchema }

const FORM = {
  required: ['name', 'id_number', 'reason', 'many'],
  'x-order': ['name', 'id_number', 'reason'],
  properties: {
    many: { type: 'array', title: '险种', items: { type: 'string', enum: ['a', 'b'] }, 'x-labels': { a: '养老', b: '医疗' }, minItems: 1 },
    reason: { type: 'string', enum: ['work', 'home'], 'x-labels': { work: '就业', home: '住所' }, title: '理由', 'x-ask': '哪一种？' },
    name: { type: 'string', minLength: 2, maxLength: 5, title: '姓名', examples: ['王小明'] },
    id_number: { type: 'string', format: 'id-number', title: '身份证号码' },
    square: { type: 'integer', title: '面积', minimum: 1, maximum: 100 },
    day: { type: 'string', format: 'date', title: '日期' },
    yes: { type: 'boolean', title: '愿意' },
    long: { type: 'string', maxLength: 200, title: '说明' },
    card: { type: 'string', pattern: '^[0-9]{4}$', title: '卡号', examples: ['1234'] },
  },
} satisfies FormSchema
const FIELDS = fieldsOf(FORM)
const field = (name: string) => FIELDS.find((each) => each.name === name)!

describe('reading a form', () => {
  it('keeps the order of asking, and forgets nothing', () => {
    expect(FIELDS.map((each) => each.name).slice(0, 3)).toEqual(['name', 'id_number', 'reason'])
    expect(FIELDS).toHaveLength(9)
  })

  it.each([['name', 'text'], ['id_number', 'id'], ['reason', 'one'], ['many', 'many'], ['square', 'number'], ['day', 'date'], ['yes', 'one'], ['long', 'long']])('draws %s as %s', (name, kind) => {
    expect(field(name).kind).toBe(kind)
  })

  it('labels choices', () => {
    expect(field('many').choices).toEqual([{ value: 'a', label: '养老' }, { value: 'b', label: '医疗' }])
    expect(field('yes').choices[0]).toEqual({ value: true, label: '是' })
  })
})

describe('checking an answer', () => {
  it.each<[string, unknown, string]>([
    ['name', undefined, '姓名不能为空'],
    ['name', '王', '姓名至少2个字'],
    ['name', '王小明王小明', '姓名不能超过5个字'],
    ['name', '王小明', ''],
    ['id_number', '510104199001010018', '身份证号码：身份证号码不正确，请核对18位号码，最后一位可能是X'],
    ['id_number', '510104199001010019', ''],
    ['reason', 'play', '理由：请从选项中选择'],
    ['square', 0, '面积不能小于1'],
    ['square', 101, '面积不能大于100'],
    ['square', 1.5, '面积应当是整数'],
    ['square', '十', '面积应当是数字'],
    ['square', undefined, ''],
    ['day', '2026-02-30', '日期：日期不存在，请按“年-月-日”填写，如2026-01-31'],
    ['card', '12a4', '卡号不符合要求，请参照“1234”填写'],
    ['yes', false, ''],
  ])('%s = %j → %s', (name, value, words) => {
    expect(faultOf(field(name), value)).toBe(words)
  })

  it('finds every fault at once', () => {
    expect(Object.keys(faultsOf(FIELDS, { name: ' ', many: [], square: 'x' })).sort()).toEqual(['id_number', 'many', 'name', 'reason', 'square'])
  })
})

describe('sending and showing', () => {
  it('drops what is empty and makes numbers of numbers', () => {
    expect(cleaned(FIELDS, { name: ' 王小明 ', square: '30', long: '', many: ['a'], yes: false, stray: 'x' } as Values)).toEqual({ name: '王小明', square: 30, many: ['a'], yes: false })
    expect(typed(field('square'), ' ')).toBeUndefined()
  })

  it('shows labels, days and nothing', () => {
    expect(shown(field('many'), ['b', 'a'])).toBe('医疗、养老')
    expect(shown(field('yes'), false)).toBe('否')
    expect(shown(field('day'), '2026-03-01')).toBe('2026年3月1日')
    expect(shown(field('long'), undefined)).toBe('未填写')
  })
})

describe('prefill', () => {
  it('fills only what is empty, known and right', () => {
    const earlier = { name: '李四', id_number: '510104199001010019', reason: 'play', stray: 1, day: null }
    expect(prefillable(FIELDS, { name: '王五' }, earlier)).toEqual({ id_number: '510104199001010019' })
  })
})

describe.each(FILES)('the real service %s', (name) => {
  const { form } = load(name)
  it('is drawn whole, and its own examples pass', () => {
    const fields = fieldsOf(form)
    expect(fields).toHaveLength(Object.keys(form.properties ?? {}).length)
    for (const each of fields) {
      expect(each.title).not.toBe(each.name)
      for (const example of each.schema.examples ?? []) expect(faultOf(each, example), `${each.name} ${String(example)}`).toBe('')
    }
  })
})
