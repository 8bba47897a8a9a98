/** What vocabulary.ts exports, for scripts that run without a build: its objects are written as JSON. */
import { readFileSync } from 'node:fs'

const text = readFileSync(new URL('vocabulary.ts', import.meta.url), 'utf8')

export function constant(name) {
  const found = new RegExp(`^export const ${name}\\b.*? = (\\{.*?^\\})`, 'ms').exec(text)
  if (!found) throw new Error(`vocabulary.ts has no ${name}`)
  return JSON.parse(found[1])
}
