/** Look at every page of the built web client at 390 and 1440 px against the stand-in API: a picture, axe-core, width, touch targets. `npm run look [folder] [name]`. */
import { readFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { STATES as CASES } from '../tests/mock/answers.mjs'
import { start } from '../tests/mock/server.mjs'

const out = process.argv[2] ?? join(tmpdir(), 'citizen-look')
mkdirSync(out, { recursive: true })
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
const SESSION = JSON.stringify({ token: 'mock', expiresAt: '2099-01-01T00:00:00+08:00', kind: 'sms', account: 'tel:13800000000', phone: '13800000000' })

const { server, port } = await start()
const base = `http://127.0.0.1:${port}`
for (const [at, status] of CASES.entries()) await post({ case: { case_no: `66009271211${at}`, status, ...(status === 'delivered' ? { delivery: { method: 'electronic' } } : {}) } })
const profile = mkdtempSync(join(tmpdir(), 'citizen-profile-'))
const problems = []
const only = process.argv[3]
const AXE = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

const PAGES = [
  ['home', '/'], ['search', '/#/pages/services/index?q=%E5%B1%85%E4%BD%8F', true], ['theme', '/#/pages/services/index?tag=%E9%A9%AC%E4%B8%8A%E5%8A%9E'],
  ['guide', '/#/pages/guide/index?code=residence-permit'], ['guide-fee', '/#/pages/guide/index?code=road-occupation'], ['signin', '/#/pages/signin/index'], ['status', '/#/pages/status/index'],
  ['cases-out', '/#/pages/cases/index'], ['rate-link', '/rate/660092712116?t=abc'],
  ['apply', '/#/pages/apply/index?code=residence-permit', true], ['cases', '/#/pages/cases/index', true], ['messages', '/#/pages/messages/index', true], ['me', '/#/pages/me/index', true],
  ...CASES.map((status, at) => [`case-${status}`, `/#/pages/case/index?case_no=66009271211${at}`, true]),
  ['certificate', '/#/pages/certificate/index?case_no=660092712116', true], ['supplement', '/#/pages/supplement/index?case_no=660092712111', true], ['pay', '/#/pages/pay/index?case_no=660092712112', true], ['rate', '/#/pages/rate/index?case_no=660092712116', true],
]

const browser = await chromium.launchPersistentContext(profile, { executablePath: process.env.BROWSER_PATH ?? '/usr/bin/chromium', args: FLAGS, headless: true })
try {
  for (const width of [390, 1440]) {
    for (const [name, path, signedIn] of PAGES) if (!only || name.includes(only)) await shot(width, name, path, { signedIn })
    for (const [name, path] of PAGES.slice(0, 4)) if (width === 390 && (!only || name.includes(only))) await shot(width, `${name}-big`, path, { big: true })
  }
} finally {
  await browser.close()
  server.close()
  server.closeAllConnections?.()
  rmSync(profile, { recursive: true, force: true })
}
console.log(problems.length ? problems.join('\n') : `没有发现问题；图片在 ${out}`)
process.exitCode = problems.length ? 1 : 0

async function shot(width, name, path, { signedIn = false, big = false } = {}) {
  const page = await browser.newPage()
  page.on('pageerror', (error) => problems.push(`${name} ${width}: ${error.message}`))
  page.on('console', (line) => line.type() === 'error' && problems.push(`${name} ${width}: ${line.text()}`))
  await page.setViewportSize({ width, height: width === 390 ? 844 : 900 })
  await page.addInitScript(([session, large]) => {
    localStorage.clear()
    if (session) localStorage.setItem('rongyiban.session', session)
    if (large) localStorage.setItem('rongyiban.big-type', 'true')
  }, [signedIn ? SESSION : '', big])
  await page.goto(base + path)
  await page.waitForSelector('.main')
  await page.waitForTimeout(500)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  if (wide > 0) problems.push(`${name} ${width}: ${wide}px wider than the screen`)
  const small = await page.evaluate(() => [...document.querySelectorAll('.taro_page:not(.taro_page_shade) button, .choice, select, input:not(.choice-radio):not(.choice-box):not(.day-calendar)')].filter((each) => each.offsetHeight > 0 && each.offsetHeight < 44).map((each) => each.textContent || each.id))
  if (small.length) problems.push(`${name} ${width}: lower than 44px: ${small.join(' | ')}`)
  await judge(page, `${name} ${width}`)
  const tall = await page.evaluate(() => document.querySelector('.taro_page:not(.taro_page_shade)').scrollHeight)
  await page.setViewportSize({ width, height: Math.min(Math.max(tall, width === 390 ? 844 : 900), 4000) })
  await page.waitForTimeout(100)
  await page.screenshot({ path: join(out, `${name}-${width}.png`), fullPage: true })
  await page.close()
}

/** Ask axe-core; serious and critical findings are problems. */
async function judge(page, name) {
  await page.evaluate(AXE)
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }))
  for (const each of violations) if (['serious', 'critical'].includes(each.impact)) problems.push(`${name}: ${each.id} ${each.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' | ')}`)
}

async function post(order) {
  await fetch(`${base}/mock`, { method: 'POST', body: JSON.stringify(order) })
}
