/**
 * A stand-in for the API and the front door, for looking at pages and for browser tests without the system behind: it serves dist/h5 and
 * answers /v1 from memory, with the real service files. `POST /mock {down: true}` takes the API away, `{status: …}` moves a case on.
 */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, resolve } from 'node:path'
import { countedOf } from '../../../shared/fees.mjs'
import { listed, narrowed, services } from './answers.mjs'
import { caseOf } from './cases.mjs'

const HERE = new URL('.', import.meta.url).pathname
const ROOT = resolve(HERE, '../../dist/h5')
const KINDS = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }

export function start(port = 0) {
  const state = { down: false, cases: new Map(), keys: new Map(), calls: [] }
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://mock')
    const body = await bodyOf(request)
    const path = url.pathname
    if (path === '/mock') return json(response, 200, steer(state, JSON.parse(body || '{}')))
    if (path === '/upload') return setTimeout(() => json(response, 200, {}), state.slow ?? 0)
    if (!path.startsWith('/v1/')) return file(response, path)
    if (state.down) return json(response, 502, null)
    state.calls.push(`${request.method} ${path}`)
    return answer(state, request, url, body, response)
  })
  return new Promise((done) => server.listen(port, '127.0.0.1', () => done({ server, state, port: server.address().port })))
}

function steer(state, order) {
  if ('down' in order) state.down = order.down
  if ('slow' in order) state.slow = order.slow
  if (order.case) state.cases.set(order.case.case_no, caseOf(order.case, services))
  return { cases: state.cases.size, calls: state.calls.length }
}

function answer(state, request, url, body, response) {
  const ok = (value, status = 200) => json(response, status, value)
  const no = (status, code, detail, fields) => json(response, status, { type: 'about:blank', title: detail, status, code, detail, ...(fields ? { fields } : {}) }, 'application/problem+json')
  const [, , what, id, act] = url.pathname.split('/')
  const given = body ? JSON.parse(body) : {}
  const route = `${request.method} ${what}${id ? '/:' : ''}${act ? `/${act}` : ''}`
  const one = () => state.cases.get(id)
  switch (route) {
    case 'GET health': return ok({ status: 'ok' })
    case 'GET services': return ok(listed(url.searchParams))
    case 'GET services/:': {
      const found = services.find((each) => each.code === id)
      return found ? ok(narrowed(found, url.searchParams.get('answers'))) : no(404, 'not_found', '没有这个事项')
    }
    case 'POST sessions/:': {
      if (id === 'sms-code') return ok({ expires_in: 300, retry_after: 60 }, 202)
      if (given.code === '000000') return no(401, 'wrong_code', '验证码不对，请核对短信', [{ path: 'code', code: 'wrong', message: '验证码不对，请核对短信' }])
      return ok({ token: 'mock', expires_at: '2099-01-01T00:00:00+08:00', kind: 'sms', phone: '138****0000' })
    }
    case 'POST materials': return ok({ material_id: createHash('md5').update(String(Math.random())).digest('hex'), upload: { method: 'POST', url: '/upload', fields: { 'Content-Type': given.type } }, expires_at: '2099-01-01T00:00:00+08:00' }, 201)
    case 'POST applications': {
      const key = request.headers['idempotency-key']
      if (state.keys.has(key)) return ok(state.keys.get(key))
      if (given.form?.name === '错误') return no(400, 'invalid_input', '姓名不正确', [{ path: 'form.name', code: 'pattern', message: '姓名不正确，请与身份证一致' }])
      const case_no = String(660092712114 + state.cases.size * 1111)
      const made = caseOf({ case_no, service: given.service, form: given.form, delivery: given.delivery }, services)
      state.cases.set(case_no, made)
      const receipt = { case_no, status: 'submitted', service: made.service, service_name: made.service_name, received_at: made.received_at, promised_by: made.promised_by, clock: made.clock, missing_materials: [] }
      state.keys.set(key, receipt)
      return ok(receipt, 201)
    }
    case 'GET cases': return ok({ cases: [...state.cases.values()].reverse() })
    case 'GET cases/:': return one() ? ok(one()) : no(404, 'not_found', '没有找到这个办件，请核对办件号')
    case 'DELETE sessions/:': return response.writeHead(204).end()
    case 'POST status': return state.cases.has(given.case_no) ? ok(state.cases.get(given.case_no)) : no(404, 'verify_failed', '没有找到：请核对办件号和证件号码后四位')
    case 'POST services/:/fee': return ok(countedOf(services.find((each) => each.code === id)?.fee) ?? { total_fen: 0, lines: [], reductions: [], unproved: [] })
    case 'POST cases/:/payment': return ok({ party: '微信支付', scene: 'native', until: '2026-12-22', out_trade_no: `RY${id}01`, amount_fen: 1000, state: 'unpaid', code_url: 'weixin://wxpay/bizpayurl?pr=a1b2c3d4e5', prepay_id: null, params: null })
    case 'POST cases/:/supplement': return ok({ ...one(), text: '已补交部分材料，还需补正：请说明门牌号怎么变的', missing: one().missing.slice(1) })
    default: return one() ? ok({ case_no: id, status: one().status, text: '' }) : no(404, 'not_found', '没有找到')
  }
}

function bodyOf(request) {
  return new Promise((done) => {
    const parts = []
    request.on('data', (part) => parts.push(part))
    request.on('end', () => done(request.url === '/upload' ? '' : Buffer.concat(parts).toString()))
  })
}

function json(response, status, value, type = 'application/json') {
  response.writeHead(status, { 'Content-Type': value === null ? 'text/html' : type })
  response.end(value === null ? 'Bad gateway' : JSON.stringify(value))
}

function file(response, path) {
  const wanted = join(ROOT, path)
  const found = wanted.startsWith(ROOT) && existsSync(wanted) && statSync(wanted).isFile() ? wanted : join(ROOT, 'index.html')
  response.writeHead(200, { 'Content-Type': KINDS[extname(found)] ?? 'application/octet-stream' })
  createReadStream(found).pipe(response)
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { port } = await start(Number(process.env.PORT ?? 8123))
  console.log(`http://127.0.0.1:${port}/`)
}
