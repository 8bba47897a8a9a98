import { expect, it } from 'vitest'
import { materialsFor, type Material } from '@shared/materials'

const GUIDE = {
  situations: [{ id: 'reason', question: '', options: [{ value: 'work', label: '', materials: ['contract'] }, { value: 'home', label: '', materials: ['deed'] }] }],
  materials: ['photo', 'contract', 'deed'].map((code) => ({ code, name: code }) as Material),
}

it.each([
  [{}, ['photo', 'contract', 'deed']],
  [{ reason: '' }, ['photo', 'contract', 'deed']],
  [{ reason: 'strange' }, ['photo', 'contract', 'deed']],
  [{ reason: 'home' }, ['photo', 'deed']],
])('%j calls for %j', (answers, codes) => expect(materialsFor(GUIDE, answers).map((each) => each.code)).toEqual(codes))
