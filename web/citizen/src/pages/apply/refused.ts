/** Bring the server's refusal back to the fields it is about. */
import type { Entry } from '@/domain/outbox'
import { faultsUnder } from '@/domain/problem'
import type { Faults } from '@shared/validate'

export interface Told {
  faults: Faults
  step: number
  words: string
}

export function refusedFaults(fault: Entry['fault'], known: string[]): Told {
  const { faults: form, rest } = faultsUnder('form', fault?.fields ?? [])
  const faults: Faults = {}
  for (const [name, words] of Object.entries(form)) if (known.includes(name)) faults[`f-${name}`] = words
  const inForm = Object.keys(faults).length > 0
  const ways = rest.filter(({ path }) => /^(contact|delivery|agent)\./.test(path))
  for (const { path, message } of ways) faults[path] = message
  const step = inForm ? 0 : ways.length ? 2 : rest.some(({ path }) => path.startsWith('materials')) ? 1 : 0
  return { faults, step, words: fault?.detail ?? '请核对后再提交' }
}
