/** Answers of the API as plain values, from the real service files: what the stand-in server and the mini-program's run share. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import yaml from 'js-yaml'
import { feeOf } from '../../../shared/fees.mjs'
import { caseOf } from './cases.mjs'

const SERVICES = resolve(new URL('.', import.meta.url).pathname, '../../../../services')
const load = (name) => yaml.load(readFileSync(join(SERVICES, name), 'utf8'))
const departments = Object.fromEntries(load('departments.yaml').map((each) => [each.code, each]))

export const services = readdirSync(SERVICES).filter((name) => name.endsWith('.yaml') && name !== 'departments.yaml').map(load).map(present)
export const STATES = ['submitted', 'correction', 'awaiting_payment', 'delivering', 'ready_for_pickup', 'denied', 'delivered', 'suspended']

function present(service) {
  const department = departments[service.department] ?? {}
  const tags = ['网上办', ...(service.visits <= 1 ? ['一次办'] : []), ...(service.project_type === 'instant' ? ['马上办'] : []), ...(service.channels.includes('kiosk') ? ['就近办'] : [])]
  return { situations: [], questions: [], ...service, department_name: department.name ?? '主办部门', department_phone: department.phone ?? '12345', ...feeOf(service.fee), tags, task_type_name: '', project_type_name: '' }
}

/** The services a list shows. */
export function listed(query) {
  const fits = (each) => (!query.get('q') || (each.name + each.summary).includes(query.get('q'))) && (!query.get('tag') || each.tags.includes(query.get('tag'))) && (!query.get('audience') || each.audience === query.get('audience'))
  return { services: services.filter(fits) }
}

/** Leave only the materials that the answers call for. */
export function narrowed(service, text) {
  const answers = Object.fromEntries((text ?? '').split(',').filter(Boolean).map((each) => each.split(':')))
  const conditional = new Set(service.situations.flatMap(({ options }) => options.flatMap((option) => option.materials)))
  const called = new Set(service.situations.flatMap(({ id, options }) => options.filter((option) => (answers[id] ?? option.value) === option.value).flatMap((option) => option.materials)))
  return { ...service, answers, materials: service.materials.filter(({ code }) => !conditional.has(code) || called.has(code)) }
}

/** One case in each state, numbered 660092712110 and on. */
export function cases() {
  return STATES.map((status, at) => caseOf({ case_no: `66009271211${at}`, status, ...(status === 'delivered' ? { delivery: { method: 'electronic' } } : {}) }, services))
}

/** Answer a reading; nothing is changed by it. */
export function answerOf(method, address) {
  const url = new URL(address, 'http://mock')
  const [, , what, id] = url.pathname.split('/')
  if (method !== 'GET') return { status: 404, body: { code: 'not_found', detail: '没有找到' } }
  if (what === 'health') return { status: 200, body: { status: 'ok' } }
  if (what === 'services' && !id) return { status: 200, body: listed(url.searchParams) }
  const found = what === 'services' ? services.find((each) => each.code === id) : what === 'cases' && id ? cases().find((each) => each.case_no === id) : { cases: cases() }
  return found ? { status: 200, body: what === 'services' ? narrowed(found, url.searchParams.get('answers')) : found } : { status: 404, body: { code: 'not_found', detail: '没有找到' } }
}
