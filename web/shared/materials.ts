/** Which materials an applicant needs, by the answers in the form (catalogue/model.py, materials_for). */
import type { components } from './api'

export type Material = components['schemas']['Material']
type Guide = Pick<components['schemas']['Service'], 'materials' | 'situations'>

/** Answers to the guide's questions that a form holds; an answer the question does not offer is none. */
export function situationAnswers({ situations }: Pick<Guide, 'situations'>, form: Record<string, unknown>): Record<string, string> {
  const given = situations.flatMap(({ id, options }) => {
    const known = options.find((option) => option.value === String(form[id]))
    return known ? [[id, known.value] as const] : []
  })
  return Object.fromEntries(given)
}

/** The materials that these answers call for; a question not answered keeps all of its options' materials. */
export function materialsFor(guide: Guide, form: Record<string, unknown>): Material[] {
  const answers = situationAnswers(guide, form)
  const conditional = new Set<string>()
  const called = new Set<string>()
  for (const { id, options } of guide.situations) {
    for (const option of options) {
      option.materials.forEach((code) => conditional.add(code))
      if ((answers[id] ?? option.value) === option.value) option.materials.forEach((code) => called.add(code))
    }
  }
  return guide.materials.filter((material) => !conditional.has(material.code) || called.has(material.code))
}
