/** Check each built mini-program: every page, component, template, style sheet, script and picture that it names is there. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { built } from './minis.mjs'

let faults = []
let mini = built()[0]
const has = (path, by) => existsSync(path) || faults.push(`${by} names ${relative(mini.root, path)}, which is not there`)
const place = (name, from) => (name.startsWith('/') ? join(mini.root, name) : resolve(dirname(from), name))
const json = (path) => JSON.parse(readFileSync(path, 'utf8'))

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((each) => (each.isDirectory() ? walk(join(folder, each.name)) : [join(folder, each.name)]))
}

function pages() {
  const app = json(join(mini.root, 'app.json'))
  const names = [...app.pages, ...(app.subPackages ?? []).flatMap((each) => each.pages.map((page) => `${each.root}/${page}`))]
  for (const name of names) for (const end of ['js', 'json', mini.markup]) has(join(mini.root, `${name}.${end}`), 'app.json')
  for (const tab of app.tabBar?.list ?? []) for (const icon of [tab.iconPath, tab.selectedIconPath]) if (icon) has(join(mini.root, icon), 'app.json')
  return names.length
}

function components(files) {
  for (const file of files.filter((name) => name.endsWith('.json') && !name.endsWith('project.config.json'))) {
    for (const name of Object.values(json(file).usingComponents ?? {})) {
      if (!name.startsWith('plugin://')) for (const end of ['js', 'json', mini.markup]) has(`${place(name, file)}.${end}`, relative(mini.root, file))
    }
  }
}

function named(files) {
  const patterns = { [`.${mini.markup}`]: [/<(?:import|include|wxs|sjs|image)[^>]*?\ssrc="([^"{]+)"/g], [`.${mini.style}`]: [/@import\s+["']([^"']+)["']/g, /url\(["']?([^"')]+)["']?\)/g], '.js': [/require\(["'](\.[^"']+)["']\)/g] }
  for (const file of files) {
    const rules = patterns[file.slice(file.lastIndexOf('.'))] ?? []
    const text = readFileSync(file, 'utf8')
    for (const rule of rules) {
      for (const [, name] of text.matchAll(rule)) if (!/^(data:|https?:|#)/.test(name)) has(place(file.endsWith('.js') && !name.endsWith('.js') ? `${name}.js` : name, file), relative(mini.root, file))
    }
  }
}

/** What a platform refuses in a style sheet or leaves undone in a script. */
function refused(files) {
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    if (file.endsWith(`.${mini.style}`) && /(^|[},])\s*\*[^/]/m.test(text)) faults.push(`${relative(mini.root, file)} selects *, which is refused`)
    if (file.endsWith('.js') && /\bimport\(/.test(text)) faults.push(`${relative(mini.root, file)} imports as it runs, which it cannot`)
    if (file.endsWith('.js') && /\b(document|window)\.(querySelector|localStorage|location)\b/.test(text) && !file.endsWith('taro.js')) faults.push(`${relative(mini.root, file)} asks for a browser`)
  }
}

for (mini of built()) {
  faults = []
  const files = walk(mini.root)
  const count = pages()
  components(files)
  named(files)
  refused(files)
  console.log(faults.length ? faults.join('\n') : `${mini.name}: ${count} pages, ${files.length} files, everything named is there`)
  if (faults.length) process.exitCode = 1
}
