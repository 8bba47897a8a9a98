/** Build every mini-program. */
import { execFileSync } from 'node:child_process'
import { NAMES } from './minis.mjs'

for (const name of NAMES) execFileSync('taro', ['build', '--type', name], { stdio: 'inherit' })
