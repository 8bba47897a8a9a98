/** Fill a form from an earlier case, only with the citizen's consent and only where both forms ask the same. */
import { tidy, type Field, type Value, type Values } from '@shared/form'
import { faultOf } from '@shared/validate'

/** The answers of `earlier` that this form can take as they are, for fields still empty. */
export function prefillable(fields: Field[], current: Values, earlier: Record<string, unknown>): Values {
  const found: Values = {}
  for (const field of fields) {
    const value = earlier[field.name] as Value
    const empty = tidy(field, current[field.name]) === undefined
    if (empty && value !== undefined && value !== null && !faultOf(field, value)) found[field.name] = value
  }
  return found
}
