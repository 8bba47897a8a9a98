/** Step one: the service's own form. */
import { begun } from '@/domain/draft'
import { Box, Button, Text } from '@/ui/kit'
import { FieldView } from '@/ui/FieldView'
import { tidy, type Field, type Value } from '@shared/form'
import { faultOf } from '@shared/validate'
import { Cost } from '../Cost'
import { Prefill } from '../Prefill'
import type { StepProps } from './types'

export function FormStep({ service, editing, fields, faults, setFaults }: StepProps & { fields: Field[] }) {
  const { draft, change, restart, resumed } = editing
  const told = (name: string, words: string) => {
    const { [`f-${name}`]: _old, ...others } = faults
    setFaults(words ? { ...others, [`f-${name}`]: words } : others)
  }
  const set = (field: Field, value: Value) => {
    change((old) => ({ form: { ...old.form, [field.name]: value } }))
    if (faults[`f-${field.name}`]) told(field.name, '')
  }
  const check = (field: Field) => {
    const value = tidy(field, editing.draft.form[field.name])
    if (value !== undefined) told(field.name, faultOf(field, value))
  }
  return (
    <Box className="panel">
      {resumed && begun(draft) ? (
        <Box className="resume"><Text>已接着上次填写。</Text><Button kind="text" onPress={restart}>重新填写</Button></Box>
      ) : null}
      <Prefill fields={fields} editing={editing} />
      {fields.map((field) => (
        <FieldView
          key={field.name}
          field={field}
          value={draft.form[field.name]}
          fault={faults[`f-${field.name}`]}
          onChange={(value) => set(field, value)}
          onDone={() => check(field)}
        />
      ))}
      <Cost service={service} fields={fields} form={draft.form} />
    </Box>
  )
}
