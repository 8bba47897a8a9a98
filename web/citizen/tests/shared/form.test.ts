import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import yaml from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { cleaned, fieldsOf, shown, tidy, type FormSchema, type Value, type Values } from '@shared/form'
import { faultOf, faultsOf } from '@shared/validate'

const SERVICES = path.resolve(__dirname, '../../../../services')
const FILES = readdirSync(SERVICES).filter((name) => name.endsWith('.yaml') && name !== 'departments.yaml')
const load = (name: string) => yaml.load(readFileSync(path.join(SERVICES, name), 'utf8')) as { form: FormSchema }

const FORM = {
  required: ['name', 'id_number', 'reason', 'since'],
  'x-order': ['name', 'id_number', 'reason'],
  properties: {
    since: { type: 'string', format: 'date', title: '起始日期' },
    reason: { type: 'string', enum: ['work', 'home'], 'x-labels': { work: '就业', home: '住所' }, title: '理由', 'x-ask': '哪一种？' },
    name: { type: 'string', minLength: 2, maxLength: 5, title: '姓名', 'x-ask': '请问您叫什么名字？', examples: ['王小明'] },
    id_number: { type: 'string', format: 'id-number', title: '身份证号码' },
    square: { type: 'integer', title: '面积', minimum: 1, maximum: 100 },
    day: { type: 'string', format: 'date', title: '日期' },
    phone: { type: 'string', format: 'mobile', title: '手机' },
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
    expect(FIELDS).toHaveLength(10)
    expect(fieldsOf(undefined)).toEqual([])
  })

  it.each([['name', 'text'], ['id_number', 'id'], ['reason', 'one'], ['square', 'number'], ['day', 'date'], ['phone', 'mobile'], ['yes', 'one'], ['long', 'long']])('draws %s as %s', (name, kind) => {
    expect(field(name).kind).toBe(kind)
  })

  it('keeps the words of every channel', () => {
    expect(field('name')).toMatchObject({ title: '姓名', ask: '请问您叫什么名字？', example: '王小明', required: true })
    expect(field('reason').choices).toEqual([{ value: 'work', label: '就业' }, { value: 'home', label: '住所' }])
    expect(field('yes').choices[0]).toEqual({ value: true, label: '是' })
  })
})

describe('checking an answer', () => {
  it.each<[string, Value, string]>([
    ['name', undefined, '姓名不能为空'],
    ['name', '王', '姓名至少2个字'],
    ['name', '王小明王小明', '姓名不能超过5个字'],
    ['name', '𠮷𠮷𠮷𠮷𠮷', ''],
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
    ['long', undefined, ''],
  ])('%s = %j → %s', (name, value, words) => {
    expect(faultOf(field(name), value)).toBe(words)
  })

  it('finds every fault at once', () => {
    expect(Object.keys(faultsOf(FIELDS, { name: ' ', square: 'x' })).sort()).toEqual(['id_number', 'name', 'reason', 'since', 'square'])
    expect(Object.keys(faultsOf(FIELDS, {}))).toEqual(['name', 'id_number', 'reason', 'since'])
  })
})

describe('sending and showing', () => {
  it.each<[string, Value, Value]>([
    ['day', '20260131', '2026-01-31'],
    ['day', '2026年1月3日', '2026-01-03'],
    ['day', '昨天', '昨天'],
    ['id_number', ' 51010719850615002x ', '51010719850615002X'],
    ['square', '30', 30],
    ['square', '３０', 30],
    ['square', '三十', '三十'],
    ['square', '0x1e', '0x1e'],
    ['square', ' ', undefined],
    ['name', '  王小明 ', '王小明'],
    ['name', '   ', undefined],
    ['yes', false, false],
  ])('%s: %j → %j', (name, typed, sent) => expect(tidy(field(name), typed)).toBe(sent))

  it('drops what is empty or unknown, and keeps false', () => {
    expect(cleaned(FIELDS, { name: ' 王小明 ', square: '30', long: '', yes: false, stray: 'x' } as Values)).toEqual({ name: '王小明', square: 30, yes: false })
  })

  it('shows labels, days and nothing', () => {
    expect(shown(field('reason'), 'home', '—')).toBe('住所')
    expect(shown(field('yes'), false, '—')).toBe('否')
    expect(shown(field('day'), '2026-03-01', '—')).toBe('2026年3月1日')
    expect(shown(field('long'), undefined, '未填写')).toBe('未填写')
    expect(shown(field('long'), '', '—')).toBe('—')
  })
})

describe.each(FILES)('the real service %s', (name) => {
  const { form } = load(name)
  it('is drawn whole, with a sentence for each field, and its own examples pass', () => {
    const fields = fieldsOf(form)
    expect(fields.map((each) => each.name).sort()).toEqual(Object.keys(form.properties ?? {}).sort())
    for (const each of fields) {
      expect(each.title).not.toBe(each.name)
      expect(each.ask, each.name).toMatch(/[？?。]$/)
      for (const example of each.schema.examples ?? []) expect(faultOf(each, tidy(each, example as Value)), `${each.name} ${String(example)}`).toBe('')
    }
  })
})

it('finds the real services', () => expect(FILES.length).toBeGreaterThan(5))
