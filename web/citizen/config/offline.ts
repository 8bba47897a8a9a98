import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'

/** Write `sw.js` beside the page: the worker that keeps its files, with their names in front. */
export function offline(): Plugin {
  return {
    name: 'rongyiban-offline',
    apply: 'build',
    generateBundle(_options, bundle) {
      const files = ['/', ...Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name)).sort().map((name) => `/${name}`)]
      const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 12)
      const worker = readFileSync(path.resolve(__dirname, 'worker.js'), 'utf8')
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: `const FILES = ${JSON.stringify(files)}\nconst VERSION = '${version}'\n${worker}` })
    },
  }
}
