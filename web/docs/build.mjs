/** Lay the page of the API in dist/: redoc's bundle, its licences, and what is ours. `--size` says what it weighs. */
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const at = (name) => new URL(name, import.meta.url)
const REDOC = 'node_modules/redoc/bundles/redoc.standalone.js'
const FILES = { 'index.html': 'index.html', 'page.css': 'page.css', 'page.js': 'page.js', [REDOC]: 'redoc.js', [`${REDOC}.LICENSE.txt`]: 'redoc.js.LICENSE.txt' }

if (process.argv.includes('--size')) {
  const weight = gzipSync(readFileSync(at('dist/redoc.js')), { level: 9 }).length
  console.log(`docs, gzip: ${(weight / 1024).toFixed(1)} kB, by itself: no client loads it`)
} else {
  rmSync(at('dist'), { recursive: true, force: true })
  mkdirSync(at('dist'))
  for (const [from, to] of Object.entries(FILES)) cpSync(at(from), at(`dist/${to}`))
}
