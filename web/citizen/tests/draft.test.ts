import { describe, expect, it } from 'vitest'
import type { Service } from '@/api/types'
import { begun, emptyDraft, requestOf, toHandIn, wayFaults } from '@/domain/draft'
import { refusedFaults } from '@/pages/apply/refused'
import { materialsFor, situationAnswers } from '@shared/materials'

const material = (code: string, source = 'self') => ({ code, name: code, need: 'required', source, form: 'copy', format: '', copies: 1 })
const SERVICE = {
  code: 'residence-permit',
  delivery: ['courier', 'pickup'],
  form: { required: ['name'], 'x-order': ['name', 'reason'], properties: { name: { type: 'string', title: '姓名' }, reason: { type: 'string', enum: ['work', 'home'], title: '理由' } } },
  situations: [{ id: 'reason', question: '？', options: [{ value: 'work', label: '就业', materials: ['work-proof'] }, { value: 'home', label: '住所', materials: ['home-proof'] }] }],
  materials: [material('identity', 'government'), material('photo'), material('work-proof'), material('home-proof')],
} as unknown as Service

const draft = (changes = {}) => ({ ...emptyDraft(SERVICE, 'k', { reason: 'home', stray: 'x' }, '13800000000'), ...changes })

describe('a draft', () => {
  it('begins with the answers of the guide and the phone of the account', () => {
    expect(draft()).toMatchObject({ form: { reason: 'home' }, contact: { phone: '13800000000' }, delivery: { method: 'courier' } })
    expect(draft().form).not.toHaveProperty('stray')
    expect(begun({ ...draft(), form: {} })).toBe(false)
    expect(begun(draft())).toBe(true)
  })

  it('asks for the materials of its situation, all of them while it is open', () => {
    const asked = (form: Record<string, string>) => toHandIn(materialsFor(SERVICE, situationAnswers(SERVICE, form))).map((each) => each.code)
    expect(asked({ reason: 'home' })).toEqual(['photo', 'home-proof'])
    expect(asked({})).toEqual(['photo', 'work-proof', 'home-proof'])
    expect(asked({ reason: 'strange' })).toEqual(['photo', 'work-proof', 'home-proof'])
  })

  it('makes the request, without what no longer applies', () => {
    const files = [{ code: 'photo', material_id: 'a', name: 'x' }, { code: 'work-proof', material_id: 'b', name: 'y' }]
    const made = requestOf(SERVICE, draft({ form: { reason: 'home', name: ' 王小明 ' }, materials: files, delivery: { method: 'pickup', name: '王', phone: '1', address: 'x' } }))
    expect(made).toEqual({
      service: 'residence-permit', form: { name: '王小明', reason: 'home' }, materials: [{ code: 'photo', material_id: 'a' }],
      contact: { phone: '13800000000' }, delivery: { method: 'pickup' }, prefill_consent: false,
    })
  })

  it('sends a small x and a small credit code as they are kept', () => {
    const properties = { name: { type: 'string', title: '证件', format: 'id-number' }, reason: { type: 'string', title: '代码', format: 'credit-code' } }
    const business = { ...SERVICE, form: { ...SERVICE.form, properties } } as unknown as Service
    expect(requestOf(business, draft({ form: { name: '51010719850615002x', reason: '91350100m000100y43' } })).form).toEqual({ name: '51010719850615002X', reason: '91350100M000100Y43' })
  })

  it('wants an address only for the courier', () => {
    expect(Object.keys(wayFaults(draft()))).toEqual(['delivery.name', 'delivery.phone', 'delivery.address'])
    expect(wayFaults(draft({ delivery: { method: 'pickup', name: '', phone: '', address: '' } }))).toEqual({})
    expect(Object.keys(wayFaults(draft({ delivery: { method: 'pickup', name: '', phone: '', address: '' }, agent: { name: '', id_number: '1', phone: '' } })))).toEqual(['agent.name', 'agent.id_number', 'agent.phone'])
  })
})

describe('a refusal', () => {
  const fault = (...paths: string[]) => ({ status: 400, detail: '请修改', fields: paths.map((path) => ({ path, code: 'x', message: path })) })
  it.each([
    [['form.name', 'contact.phone'], 0, ['f-name', 'contact.phone']],
    [['contact.phone', 'delivery.address'], 2, ['contact.phone', 'delivery.address']],
    [['materials.0.code'], 1, []],
    [['service'], 0, []],
  ])('%j leads to step %i', (paths, step, names) => {
    const told = refusedFaults(fault(...paths), ['name'])
    expect([told.step, Object.keys(told.faults)]).toEqual([step, names])
  })
})
