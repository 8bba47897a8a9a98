/** Check the built mini-program: every page, component, template, style sheet, script and picture that it names is there. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

const ROOT = new URL('../dist/weapp/', import.meta.url).pathname
const faults = []
const has = (path, by) => existsSync(path) || faults.push(`${by} names ${relative(ROOT, path)}, which is not there`)
const place = (name, from) => (name.startsWith('/') ? join(ROOT, name) : resolve(dirname(from), name))
const json = (path) => JSON.parse(readFileSync(path, 'utf8'))

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((each) => (each.isDirectory() ? walk(join(folder, each.name)) : [join(folder, each.name)]))
}

function pages() {
  const app = json(join(ROOT, 'app.json'))
  const names = [...app.pages, ...(app.subPackages ?? []).flatMap((each) => each.pages.map((page) => `${each.root}/${page}`))]
  for (const name of names) for (const end of ['js', 'json', 'wxml']) has(join(ROOT, `${name}.${end}`), 'app.json')
  for (const tab of app.tabBar?.list ?? []) for (const icon of [tab.iconPath, tab.selectedIconPath]) if (icon) has(join(ROOT, icon), 'app.json')
  return names.length
}

function components(files) {
  for (const file of files.filter((name) => name.endsWith('.json') && !name.endsWith('project.config.json'))) {
    for (const name of Object.values(json(file).usingComponents ?? {})) {
      if (!name.startsWith('plugin://')) for (const end of ['js', 'json', 'wxml']) has(`${place(name, file)}.${end}`, relative(ROOT, file))
    }
  }
}

function named(files) {
  const patterns = { '.wxml': [/<(?:import|include|wxs|image)[^>]*?\ssrc="([^"{]+)"/g], '.wxss': [/@import\s+["']([^"']+)["']/g, /url\(["']?([^"')]+)["']?\)/g], '.js': [/require\(["'](\.[^"']+)["']\)/g] }
  for (const file of files) {
    const rules = patterns[file.slice(file.lastIndexOf('.'))] ?? []
    const text = readFileSync(file, 'utf8')
    for (const rule of rules) {
      for (const [, name] of text.matchAll(rule)) if (!/^(data:|https?:|#)/.test(name)) has(place(file.endsWith('.js') && !name.endsWith('.js') ? `${name}.js` : name, file), relative(ROOT, file))
    }
  }
}

/** What WeChat refuses in a style sheet or leaves undone in a script. */
function refused(files) {
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    if (file.endsWith('.wxss') && /(^|[},])\s*\*[^/]/m.test(text)) faults.push(`${relative(ROOT, file)} selects *, which WeChat refuses`)
    if (file.endsWith('.js') && /\bimport\(/.test(text)) faults.push(`${relative(ROOT, file)} imports as it runs, which WeChat cannot`)
    if (file.endsWith('.js') && /\b(document|window)\.(querySelector|localStorage|location)\b/.test(text) && !file.endsWith('taro.js')) faults.push(`${relative(ROOT, file)} asks for a browser`)
  }
}

if (!existsSync(join(ROOT, 'app.json'))) throw new Error('dist/weapp is not built: npm run build:weapp')
const files = walk(ROOT)
const count = pages()
components(files)
named(files)
refused(files)
console.log(faults.length ? faults.join('\n') : `weapp: ${count} pages, ${files.length} files, everything named is there`)
process.exitCode = faults.length ? 1 : 0
