/** Walk the roads of the built web page against the stand-in API, as a citizen would: `npm run walk`. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { start } from '../tests/mock/server.mjs'

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const { server, port, state } = await start()
const base = `http://127.0.0.1:${port}`
const out = process.argv[2]
const profile = mkdtempSync(join(tmpdir(), 'citizen-walk-'))
const browser = await chromium.launchPersistentContext(profile, { executablePath: process.env.BROWSER_PATH ?? '/usr/bin/chromium', args: FLAGS, headless: true, viewport: { width: 390, height: 844 } })
const page = await browser.newPage()
const errors = []
page.on('pageerror', (error) => errors.push(error.message))
const seen = page.locator('.taro_page:not(.taro_page_shade)')
const press = (name) => seen.getByRole('button', { name, exact: true }).first().click()
const sees = (text) => seen.getByText(text).first().waitFor({ timeout: 8_000 })
const filed = () => state.calls.filter((call) => call === 'POST /v1/applications').length
const steer = (order) => fetch(`${base}/mock`, { method: 'POST', body: JSON.stringify(order) })
const AXE = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

/** Look at the page as it stands: a picture where asked for, and what axe-core finds serious. */
async function shot(name) {
  if (out) await page.screenshot({ path: join(out, `walk-${name}.png`) })
  await page.evaluate(AXE)
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }))
  const grave = violations.filter((each) => ['serious', 'critical'].includes(each.impact)).map((each) => `${name}: ${each.id} ${each.nodes[0]?.target}`)
  assert.deepEqual(grave, [])
}

async function fillForm(name = '王小明') {
  await seen.getByLabel('姓名', { exact: true }).fill(name)
  await seen.getByLabel('身份证号码', { exact: true }).fill('510104 19900101 0019')
  await seen.getByLabel('在成都的住址').fill('成都市锦江区东大街1号2单元301')
  await seen.getByLabel('开始居住日期').fill('20260301')
}

async function fillWay() {
  await seen.getByLabel('联系手机').fill('13800000000')
  await seen.getByLabel('窗口领取').check()
  await press('下一步')
  await seen.getByLabel(/我已核对/).check()
}

const ROADS = {
  async '找到事项，看指南，情形缩短材料'() {
    await page.goto(base)
    await seen.getByRole('searchbox').fill('居住')
    await press('搜索')
    await sees('找到2个事项')
    await seen.getByRole('button', { name: /^居住证申领/ }).click()
    await sees('您要准备4份材料')
    await seen.getByLabel('合法稳定住所').check()
    await sees('您要准备2份材料')
    await press('在线申请')
    assert.ok(await seen.getByLabel('合法稳定住所').isChecked(), '指南里答过的不用再答')
  },
  async '空表不让走，错在哪里说清楚；登录后回到原处'() {
    await seen.getByRole('button', { name: '登录后继续' }).click()
    await sees('有4处需要修改')
    await sees('姓名不能为空')
    await shot('faults')
    await fillForm()
    await press('登录后继续')
    await seen.getByLabel('手机号码').fill('138 0000 0000')
    await press('获取验证码')
    await sees('验证码已发到您的手机')
    await seen.getByLabel('验证码').fill('000000')
    await press('登录')
    await sees('验证码不对，请核对短信')
    await seen.getByLabel('验证码').fill('123456')
    await press('登录')
    await seen.getByRole('button', { name: '下一步' }).waitFor()
    assert.equal(await seen.getByLabel('开始居住日期').inputValue(), '2026-03-01')
  },
  async '刷新页面，填过的都在'() {
    await page.reload()
    assert.equal(await seen.getByLabel('身份证号码', { exact: true }).inputValue(), '510104199001010019')
    await sees('已接着上次填写')
    await press('下一步')
  },
  async '传材料'() {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press('拍照或选文件：近期证件照')])
    await chooser.setFiles({ name: '证件照.png', mimeType: 'image/png', buffer: PNG })
    await sees('已上传')
    await sees('还缺房屋租赁合同、房产证或出租人证明')
    await shot('materials')
    await press('下一步')
  },
  async '断网提交：存下来，刷新也不丢，恢复后只办一件'() {
    await sees('第3步，共4步')
    await shot('way')
    await fillWay()
    await shot('review')
    await steer({ down: true })
    await press('提交申请')
    await sees('已保存，等网络恢复后自动发送')
    await sees('暂时连不上服务')
    await shot('offline')
    await page.reload()
    await sees('已保存，等网络恢复后自动发送')
    await press('马上重试').catch(() => undefined)
    await steer({ down: false })
    await sees('我们收到了您的申请')
    await sees('6600 9271 2114')
    await shot('receipt')
    assert.equal(filed(), 1)
    assert.equal(state.cases.size, 1)
  },
  async '看进度，撤回要先问'() {
    await press('查看办理进度')
    await sees('办理过程')
    await press('不办了，撤回申请')
    await sees('确定撤回吗')
    await press('不撤回')
  },
  async '服务器退回：回到那一项，改好再交'() {
    await page.goto(`${base}/#/pages/apply/index?code=residence-permit`)
    await page.reload()
    await fillForm('错误')
    await seen.getByLabel('连续就读').check()
    await press('下一步')
    await press('下一步')
    await fillWay()
    await press('提交申请')
    await sees('没有提交成功')
    await press('返回修改')
    await sees('姓名不正确，请与身份证一致')
    await shot('refused')
    await seen.getByLabel('姓名', { exact: true }).fill('王小明')
    await press('下一步')
    await press('下一步')
    await press('下一步')
    await seen.getByLabel(/我已核对/).check()
    await press('提交申请')
    await sees('我们收到了您的申请')
    assert.equal(state.cases.size, 2)
  },
  async '短信链接直接评价，不用登录；差评要说原因'() {
    await page.evaluate(() => localStorage.clear())
    await page.goto(`${base}/rate/660092712114?t=abc`)
    await seen.getByLabel('不满意', { exact: true }).check()
    await press('提交评价')
    await sees('请选择不满意的原因')
    await seen.getByLabel('未在承诺时间内办结').check()
    await press('提交评价')
    await sees('评价已收到')
  },
  async '不登录查进度'() {
    await page.goto(`${base}/#/pages/status/index`)
    await page.reload()
    await seen.getByLabel('办件号').fill('6600 9271 2114')
    await seen.getByLabel('证件号码后四位').fill('0019')
    await press('查询')
    await sees('已收件')
  },
  async '出示证照，断网也能出示，退出登录就没有了'() {
    await page.goto(`${base}/#/pages/signin/index`)
    await page.reload()
    await seen.getByLabel('手机号码').fill('13800000000')
    await press('获取验证码')
    await seen.getByLabel('验证码').fill('123456')
    await press('登录')
    await page.waitForFunction(() => localStorage.getItem('rongyiban.session'))
    await steer({ case: { case_no: '660092712116', service: 'elder-card', status: 'delivered', delivery: { method: 'electronic' }, form: { name: '王桂芳' } } })
    await page.goto(`${base}/#/pages/case/index?case_no=660092712116`)
    await page.reload()
    await press('出示')
    await sees('1234 5678 9012 3459')
    await sees('王桂芳')
    await seen.getByRole('img', { name: /证照核验码/ }).waitFor()
    await shot('certificate')
    await steer({ down: true })
    await page.reload()
    await sees('请对方扫码核验')
    await sees('王桂芳')
    await shot('certificate-offline')
    await steer({ down: false })
    await page.goto(`${base}/#/pages/me/index`)
    await page.reload()
    await press('退出登录')
    assert.equal(await page.evaluate(() => localStorage.getItem('rongyiban.cards')), null)
  },
  async '服务停了会说，恢复后自己好'() {
    await steer({ down: true })
    await page.goto(`${base}/#/pages/index/index`)
    await page.reload()
    await sees('暂时连不上服务，正在自动重连')
    await shot('down')
    await steer({ down: false })
    await seen.getByText('暂时连不上服务').waitFor({ state: 'detached', timeout: 20_000 })
    await sees('常办的事')
  },
  async '大字版记得住'() {
    await press('大字版')
    await page.reload()
    assert.ok(await seen.locator('.page.big').count())
  },
}

let failed = false
try {
  for (const [name, road] of Object.entries(ROADS)) {
    const began = Date.now()
    await road()
    console.log(`✓ ${name}（${Date.now() - began} ms）`)
  }
  assert.deepEqual(errors, [], '页面里不能有脚本错误')
} catch (error) {
  failed = true
  if (out) await page.screenshot({ path: join(out, 'walk-failed.png') })
  console.error(error)
} finally {
  await browser.close()
  server.close()
  server.closeAllConnections?.()
  rmSync(profile, { recursive: true, force: true })
}
process.exitCode = failed ? 1 : 0
