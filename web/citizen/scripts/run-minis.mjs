/**
 * Run each built mini-program without its platform: its own app.js and page scripts, over a `wx` (or its like) that answers from the
 * service files, and read what each page hands over to be drawn. It proves that every page comes up and that the form is drawn and works; not how it looks.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import vm from 'node:vm'
import { answerOf } from '../tests/mock/answers.mjs'
import { built } from './minis.mjs'

let mini = built()[0]
const later = (ms) => new Promise((done) => setTimeout(done, ms))

/** One start of the mini-program. `storage` is what it kept from before. */
function phone(storage = {}) {
  const modules = new Map()
  const pages = []
  const sent = []
  let app = null
  let config = null
  const wx = {
    getStorageSync: (name) => storage[name] ?? '',
    setStorageSync: (name, value) => { storage[name] = value },
    removeStorageSync: (name) => { delete storage[name] },
    request: (order) => {
      sent.push(order)
      const { status, body } = answerOf(order.method, order.url.replace(/^https?:\/\/[^/]+/, ''))
      setTimeout(() => order.success?.({ statusCode: status, data: JSON.stringify(body), header: {} }), 1)
      return { abort: () => undefined }
    },
    getSystemInfoSync: () => ({ platform: 'ios', SDKVersion: '3.5.0', windowWidth: 390 }),
    getWindowInfo: () => ({ windowWidth: 390, pixelRatio: 2 }),
    getAppBaseInfo: () => ({ SDKVersion: '3.5.0' }),
    getDeviceInfo: () => ({ platform: 'ios' }),
    canIUse: () => true,
    onNetworkStatusChange: () => undefined,
    onAppShow: () => undefined,
  }
  for (const name of ['setNavigationBarTitle', 'pageScrollTo', 'navigateTo', 'redirectTo', 'reLaunch', 'navigateBack']) wx[name] = (order) => { order?.success?.({}); order?.complete?.({}) }
  const globals = {
    [mini.global]: wx, console, setTimeout, clearTimeout, setInterval: () => 0, clearInterval, Date, Math, Promise, URL: undefined,
    App: (given) => { app = given }, Page: (given) => { config = given }, Component: () => undefined, Behavior: (given) => given, getApp: () => app, getCurrentPages: () => pages,
  }
  const context = vm.createContext(globals)
  context.global = context.globalThis = context

  function load(path) {
    const known = modules.get(path)
    if (known) return known.exports
    const module = { exports: {} }
    modules.set(path, module)
    const run = vm.runInContext(`(function (module, exports, require) {${readFileSync(path, 'utf8')}\n})`, context, { filename: path })
    run(module, module.exports, (name) => load(resolve(dirname(path), name.endsWith('.js') ? name : `${name}.js`)))
    return module.exports
  }

  load(join(mini.root, 'app.js'))
  app.onLaunch?.({ path: 'pages/index/index', query: {} })

  async function show(route, options = {}) {
    load(join(mini.root, `${route}.js`))
    const page = Object.assign(Object.create(config), { route, data: structuredClone(config.data ?? {}) })
    page.setData = (change, done) => {
      for (const [path, value] of Object.entries(change)) put(page.data, path, value)
      setTimeout(() => done?.(), 0)
    }
    pages.push(page)
    page.onLoad(options)
    page.onShow?.()
    page.onReady?.()
    await later(150)
    return { page, nodes: () => nodesOf(page.data.root), text: () => textOf(page.data.root), tell: (node, type, detail = {}) => page.eh({ type, detail, target: { id: node.sid, dataset: { sid: node.sid } }, currentTarget: { id: node.sid, dataset: { sid: node.sid } }, timeStamp: Date.now() }) }
  }
  return { show, storage, sent }
}

/** setData's own paths: `root.cn.[0].cn[2].v`. */
function put(data, path, value) {
  const parts = path.replace(/\[(\d+)\]/g, '.$1').split('.').filter(Boolean)
  let at = data
  for (const part of parts.slice(0, -1)) at = at[part] ??= {}
  at[parts.at(-1)] = value
}

const childrenOf = (node) => Object.values(node?.cn ?? {})
const nodesOf = (node) => (node ? [node, ...childrenOf(node).flatMap(nodesOf)] : [])
const textOf = (node) => nodesOf(node).map((each) => (typeof each.v === 'string' ? each.v : '')).join('\n')

const SESSION = JSON.stringify({ token: 'mock', expiresAt: '2099-01-01T00:00:00+08:00', kind: 'wechat', account: 'wechat', phone: '' })
const PAGES = {
  'pages/index/index': [{}, '要办什么事'], 'pages/services/index': [{ tag: encodeURIComponent('网上办') }, '居住证'], 'pages/guide/index': [{ code: 'residence-permit' }, '要准备什么'],
  'pages/apply/index': [{ code: 'residence-permit' }, '身份证号码'], 'pages/receipt/index': [{ key: 'none' }, '没有找到这份回执'], 'pages/cases/index': [{}, '待补正'],
  'pages/case/index': [{ case_no: '660092712111' }, '办理过程'], 'pages/certificate/index': [{ case_no: '660092712116' }, '1234 5678 9012 3459'], 'pages/supplement/index': [{ case_no: '660092712111' }, '需要补正的内容'], 'pages/pay/index': [{ case_no: '660092712112' }, () => (mini.name === 'weapp' ? '去付款' : '付款码')],
  'pages/rate/index': [{ case_no: '660092712116' }, '非常满意'], 'pages/status/index': [{}, '证件号码后四位'], 'pages/messages/index': [{}, '短信'], 'pages/signin/index': [{}, '绑定手机'], 'pages/me/index': [{}, '大字版'],
}

async function run() {
  for (const [route, [options, words]] of Object.entries(PAGES)) {
    const { text } = await phone({ session: SESSION }).show(route, options).then(async (shown) => (await later(100), shown))
    const wanted = typeof words === 'function' ? words() : words
    assert.ok(text().includes(wanted), `${route} should show ${wanted}, shows: ${text().replace(/\n+/g, ' ').slice(0, 300)}`)
  }

  const mine = phone({ session: SESSION })
  const form = await mine.show('pages/apply/index', { code: 'residence-permit' })
  const input = (id) => form.nodes().find((node) => node.uid === id)
  const named = (words) => form.nodes().find((node) => textOf(node).trim() === words && node.cl?.includes('btn'))
  form.tell(named('下一步'), 'tap')
  await later(100)
  assert.ok(form.text().includes('姓名不能为空'), 'an empty form is not let through')
  for (const [id, value] of [['f-name', '王小明'], ['f-id_number', '510104 19900101 0019'], ['f-address', '成都市锦江区东大街1号2单元301']]) {
    form.tell(input(id), 'input', { value })
    await later(60)
    form.tell(input(id), 'blur', { value })
    await later(20)
  }
  await later(50)
  const kept = JSON.parse(mine.storage['draft.residence-permit'])
  assert.equal(kept.form.id_number, '510104199001010019', 'what was typed is tidied and kept')
  assert.ok(!form.text().includes('姓名不能为空'), 'a mended fault goes away')

  const asked = await mine.show('pages/case/index', { case_no: '660092712111' })
  await later(100)
  for (const words of ['成都市公安局：', '近期证件照不清楚', '成都市城管委：', '请说明门牌号怎么变的', '补正后顺延']) assert.ok(asked.text().includes(words), `a case asked for by two departments should show ${words}`)
  assert.ok(mine.sent.some(({ url }) => url.includes('version=v000001')), 'a case is shown by the version of its service')
  const lacking = await mine.show('pages/case/index', { case_no: '660092712110' })
  await later(100)
  assert.ok(/请补交材料[^]*居住证明/.test(lacking.text()), 'a material that was never handed in is named')

  const supplement = await mine.show('pages/supplement/index', { case_no: '660092712111' })
  await later(100)
  const places = supplement.nodes().map((node) => node.uid ?? '').filter((id) => id.startsWith('upload-'))
  assert.deepEqual(places.slice(0, 2), ['upload-photo', 'upload-words-1'], 'what was asked in words has a place of its own')
  assert.ok(supplement.text().includes('修改填写的其他内容'), 'and the form may be changed')

  const answer = { ...answerOf('GET', '/v1/cases/660092712111').body, text: '已补交部分材料，还需补正：请说明门牌号怎么变的' }
  const entry = { key: 'k', kind: 'supplement', path: '', body: '', title: '', service: '', owner: 'wechat', createdAt: 1, state: 'done', attempts: 1, nextAt: 1, answer }
  const receipt = await phone({ session: SESSION, outbox: JSON.stringify([entry]) }).show('pages/receipt/index', { key: 'k' })
  await later(100)
  assert.ok(/还没有补齐[^]*已补交部分材料[^]*前交齐[^]*继续补正/.test(receipt.text()), `a receipt says what is still missing: ${receipt.text()}`)
  assert.ok(!/办结（|前办结/.test(receipt.text()), 'and no day while the clock stands')
  console.log(`${mini.name}: ${Object.keys(PAGES).length} pages come up, the form is drawn, checks, and keeps what is typed`)
}

for (mini of built()) await run()
process.exit(0)
