/** A labelled place to type that belongs to no service's form: a phone, an address, a code. */
import { Area, Box, Input, Label } from './kit'
import { Frame } from './FieldView'
import type { InputProps } from './kit/types'

interface Props {
  id: string
  title: string
  hint?: string
  value: string
  onChange: (value: string) => void
  onDone?: () => void
  fault?: string
  kind?: InputProps['kind'] | 'long'
  maxLength?: number
  placeholder?: string
  autoComplete?: string
  required?: boolean
}

export function TextField({ id, title, hint, fault, kind, onDone, ...rest }: Props) {
  const describedBy = [hint ? `${id}-ask` : '', fault ? `${id}-fault` : ''].filter(Boolean).join(' ')
  const common = { id, invalid: Boolean(fault), describedBy, ...rest }
  return (
    <Frame id={id} fault={fault}>
      <Label htmlFor={id} className="field-title">{title}</Label>
      {hint ? <Box id={`${id}-ask`} className="field-ask">{hint}</Box> : null}
      {kind === 'long' ? <Area {...common} /> : <Input {...common} kind={kind} onDone={onDone} />}
    </Frame>
  )
}
