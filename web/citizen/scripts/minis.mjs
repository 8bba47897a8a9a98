/** The mini-programs: a dependency on `@tarojs/plugin-platform-<name>` makes one, and the rest follows from it. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const HOME = new URL('../', import.meta.url).pathname
const { dependencies } = JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8'))
export const NAMES = Object.keys(dependencies).flatMap((name) => /^@tarojs\/plugin-platform-(?!h5$)(.+)/.exec(name)?.[1] ?? [])

/** Each one built: its folder, and how its platform calls its markup (`wxml`), style sheets (`wxss`) and global object (`wx`). */
export function built() {
  return NAMES.map((name) => {
    const root = join(HOME, 'dist', name)
    if (!existsSync(join(root, 'app.json'))) throw new Error(`dist/${name} is not built: npm run build:minis`)
    const global = /** @type {string} */ (readdirSync(root).map((file) => /^base\.(\w+)ml$/.exec(file)?.[1]).find(Boolean))
    return { name, root, global, markup: `${global}ml`, style: `${global}ss` }
  })
}
