/** Print what a first visit loads (H5, gzip) and what the mini-program weighs; fail over budget. What is not built is not measured. */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { NAMES } from './minis.mjs'

const DIST = new URL('../dist/', import.meta.url).pathname
const H5_BUDGET = 150 * 1024
const MINI_BUDGET = 1.5 * 1024 * 1024
const kb = (bytes) => `${(bytes / 1024).toFixed(1)} kB`
const bytesOf = (folder) => readdirSync(folder, { withFileTypes: true }).reduce((sum, each) => sum + (each.isDirectory() ? bytesOf(join(folder, each.name)) : statSync(join(folder, each.name)).size), 0)

/** Everything index.html names, all those import without waiting, and the chunks of the first page. */
function firstLoad() {
  const root = join(DIST, 'h5')
  const html = readFileSync(join(root, 'index.html'), 'utf8')
  const wanted = [...html.matchAll(/(?:src|href)="\/?((?:js|css|static)\/[^"]+)"/g)].map((match) => match[1])
  const seen = new Set(['index.html'])
  while (wanted.length) {
    const name = wanted.pop()
    if (seen.has(name) || !existsSync(join(root, name))) continue
    seen.add(name)
    if (!name.endsWith('.js')) continue
    const code = readFileSync(join(root, name), 'utf8')
    for (const [, file] of code.matchAll(/(?:import|from)\s*["']\.\/([^"']+\.js)["']/g)) wanted.push(`js/${file}`)
    const home = /pages\/index\/index.{0,200}?import\(["'`]\.\/([^"'`]+\.js)/s.exec(code)
    if (home) wanted.push(`js/${home[1]}`)
  }
  const files = [...seen].map((name) => [name, gzipSync(readFileSync(join(root, name)), { level: 9 }).length])
  return { files, total: files.reduce((sum, [, size]) => sum + size, 0) }
}

let over = false
function report(name, size, budget) {
  over ||= size > budget
  console.log(`${name}: ${kb(size)} of ${kb(budget)}${size > budget ? '  OVER BUDGET' : ''}`)
}

if (existsSync(join(DIST, 'h5/index.html'))) {
  const { files, total } = firstLoad()
  for (const [name, size] of files) console.log(`  ${name} ${kb(size)}`)
  report('H5 first load, gzip', total, H5_BUDGET)
}
for (const name of NAMES.filter((each) => existsSync(join(DIST, each, 'app.json')))) {
  const config = JSON.parse(readFileSync(join(DIST, name, 'app.json'), 'utf8'))
  const apart = (config.subPackages ?? config.subpackages ?? []).reduce((sum, each) => sum + bytesOf(join(DIST, name, each.root)), 0)
  report(`${name} main package`, bytesOf(join(DIST, name)) - apart, MINI_BUDGET)
}
process.exitCode = over ? 1 : 0
