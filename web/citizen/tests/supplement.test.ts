import { describe, expect, it, vi } from 'vitest'
import type { Case, Service } from '@/api/types'
import type { Entry } from '@/domain/outbox'
import { askingText, requestOf, type Begun } from '@/domain/supplement'
import { fieldsOf } from '@shared/form'
import { askedOf, askings, fieldsAsked, formOpen, lackingBeside, placesOf, slotsBeside, slotsOf, type Missing } from '@shared/missing'

const stored = vi.hoisted(() => new Map<string, unknown>())
vi.mock('@/platform/store', () => ({ read: (name: string) => stored.get(name) ?? null, write: (name: string, value: unknown) => void stored.set(name, value), remove: (name: string) => void stored.delete(name) }))
const entries = vi.hoisted(() => [] as Entry[])
vi.mock('@/state/outbox', () => ({ outbox: { entries: () => entries, subscribe: () => () => undefined } }))

const item = (code: string, group: Missing['group'], department = 'cgw', due = '2026-12-06'): Missing =>
  ({ code, group, text: `${code}不清楚`, department, department_name: department.toUpperCase(), due, provisional: false })
const material = (code: string, name: string) => ({ code, name, need: 'optional', source: 'self', form: 'copy', format: 'JPG', copies: 1 }) as const
const MATERIALS = [material('photo', '近期证件照'), material('home-proof', '房屋租赁合同')]
const FORM = { properties: { name: { title: '姓名' }, address: { title: '住址' } }, required: ['name', 'address'] }
const SERVICE = { code: 'permit', form: FORM, materials: MATERIALS, situations: [] } as unknown as Service
const codes = (all: { code: string }[]) => all.map(({ code }) => code)
const names = (all: { name: string }[]) => all.map(({ name }) => name)
const caseOf = (missing: Missing[], more: Partial<Case> = {}) => ({ missing, missing_materials: [], masked: false, ...more }) as unknown as Case

describe('what is missing', () => {
  it('stands under each department with its own day, the earliest first', () => {
    const all = askings([item('photo', 'material', 'gaj', '2026-12-02'), item('name', 'field'), item('words-2', 'words', 'gaj', '2026-12-02')])
    expect(all.map(({ department_name, due, items }) => [department_name, due, codes(items)])).toEqual([['GAJ', '2026-12-02', ['photo', 'words-2']], ['CGW', '2026-12-06', ['name']]])
  })
  it('has a place for every file: a material, one a clerk named, an item in words under its own code', () => {
    const slots = slotsOf({ missing: [item('photo', 'material'), item('photo', 'material', 'gaj'), item('lease', 'material'), item('words-1', 'words'), item('name', 'field')], missing_materials: [] }, MATERIALS)
    expect(slots.map(({ code, name, need }) => [code, name, need])).toEqual([['photo', '近期证件照', 'required'], ['lease', 'lease不清楚', 'required'], ['words-1', 'words-1不清楚', 'required']])
  })
  it('names the materials that were never handed in, without a 补正 too', () => {
    const open = { missing: [item('photo', 'material')], missing_materials: [{ code: 'photo', name: '近期证件照' }, { code: 'home-proof', name: '房屋租赁合同' }] }
    expect(codes(lackingBeside(open))).toEqual(['home-proof'])
    expect(codes(slotsOf({ ...open, missing: [] }, MATERIALS))).toEqual(['photo', 'home-proof'])
  })
  it('has to be handed in where a department asks, else as the service has it', () => {
    const later = { ...material('home-proof', '房屋租赁合同'), need: 'later' as const }
    const lacking = [{ code: 'photo', name: '近期证件照' }, { code: 'home-proof', name: '房屋租赁合同' }]
    const missing = [item('photo', 'material')]
    const slots = slotsOf({ missing, missing_materials: lacking }, [MATERIALS[0]!, later])
    expect(slots.map(({ code, need }) => [code, need])).toEqual([['photo', 'required'], ['home-proof', 'later']])
    expect(codes(slotsBeside(missing, slots))).toEqual(['home-proof'])
    expect(codes(slotsBeside([], slots))).toEqual(['photo', 'home-proof'])
  })
  it('is answered under the department that asks, one place once, with the words of each', () => {
    const missing = [item('photo', 'material', 'gaj', '2026-12-02'), item('photo', 'material'), item('name', 'field'), item('words-1', 'words')]
    const fields = fieldsOf(FORM)
    const all = askedOf(missing, { slots: slotsOf({ missing, missing_materials: [] }, MATERIALS), fields })
    expect(all.map(({ department, items }) => [department, items.map(({ item: { text }, slot, field }) => [text, slot?.code ?? field?.name])])).toEqual([
      ['gaj', [['photo不清楚', 'photo']]],
      ['cgw', [['photo不清楚', undefined], ['name不清楚', 'name'], ['words-1不清楚', 'words-1']]],
    ])
    expect(askedOf(missing, { slots: [], fields: [] }).flatMap(({ items }) => items.filter(({ slot, field }) => slot || field))).toEqual([])
  })
  it('says by when, who asks where it is to be named, and that the day may move', () => {
    const now = Date.parse('2026-12-01T10:00:00+08:00')
    expect(askingText(item('photo', 'material'), true, now)).toBe('CGW：12月6日前交齐')
    expect(askingText({ ...item('photo', 'material'), provisional: true }, false, now)).toBe('12月6日前交齐（以国务院公布的放假安排为准）')
  })
  it('does not take a field asked for to be the material of the same code', () => {
    expect(codes(lackingBeside({ missing: [item('photo', 'field')], missing_materials: [{ code: 'photo', name: '近期证件照' }] }))).toEqual(['photo'])
  })
  it('tells fields asked for from a material of the same code', () => {
    expect(names(fieldsAsked({ missing: [item('name', 'material'), item('address', 'field')] }, fieldsOf(FORM)))).toEqual(['address'])
    expect([formOpen({ missing: [item('name', 'field')] }), formOpen({ missing: [item('words-1', 'words')] })]).toEqual([false, true])
  })
})

describe('a supplement', () => {
  const places = (missing: Missing[], more: Partial<Case> = {}) => placesOf(caseOf(missing, more), SERVICE, more.masked ? [] : fieldsOf(FORM), {})
  const begun: Begun = { key: 'k', form: { name: '王小明', address: '东大街2号' }, materials: [{ code: 'photo', material_id: '1', name: 'a.png' }, { code: 'words-1', material_id: '2', name: 'b.png' }] }
  const before = { name: '王小明', address: '东大街1号' }

  it('changes the fields asked for, and all while an item in words is open', () => {
    const [named, inWords] = [places([item('name', 'field')]), places([item('name', 'field'), item('words-1', 'words')])]
    expect([names(named.fields), names(named.otherFields)]).toEqual([['name'], []])
    expect([names(inWords.fields), names(inWords.otherFields)]).toEqual([['name'], ['address']])
    expect(places([item('name', 'field')], { masked: true }).fields).toEqual([])
  })
  it('takes other materials too', () => expect(codes(places([item('photo', 'material')]).otherSlots)).toEqual(['home-proof']))
  it('sends what changed, and nothing of a place that is closed meanwhile', () => {
    expect(requestOf(places([item('words-1', 'words')]), begun, before)).toEqual({ form: { address: '东大街2号' }, materials: [{ code: 'photo', material_id: '1' }, { code: 'words-1', material_id: '2' }] })
    expect(requestOf(places([item('photo', 'material')]), begun, before)).toEqual({ materials: [{ code: 'photo', material_id: '1' }] })
    expect(requestOf(places([item('name', 'field')]), { ...begun, materials: [] }, before)).toEqual({ form: { name: '王小明' } })
    expect(requestOf(places([item('name', 'field')]), { ...begun, form: {}, materials: [] }, before)).toBeNull()
  })
  it('is begun anew once it was taken', async () => {
    const { startFollowing } = await import('@/state/after')
    const entry = (key: string, case_no: string) => ({ key, kind: 'supplement', state: 'done', answer: { case_no } }) as Entry
    stored.set('supplement.660092712114', begun).set('supplement.660092712205', { ...begun, key: 'another' })
    entries.push(entry('k', '660092712114'), entry('k', '660092712205'))
    startFollowing()
    expect([...stored.keys()]).toEqual(['supplement.660092712205'])
  })
})
