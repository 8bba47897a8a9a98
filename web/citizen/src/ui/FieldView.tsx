/** One field of a form: its name, the question, the place to answer, help, and what is wrong. */
import type { Choice, Field, Value } from '@shared/form'
import { tidied } from '@shared/formats'
import { Area, Box, DateInput, Input, Label, One, Select, Text } from './kit'

const FEW = 6

interface Props {
  field: Field
  value: Value
  fault?: string
  onChange: (value: Value) => void
  /** The person left the field: a good time to check it. */
  onDone?: () => void
}

export function FieldView({ field, value, fault, onChange, onDone }: Props) {
  const id = `f-${field.name}`
  const title = <Title field={field} />
  const hint = <Hint field={field} id={id} />
  const described = [field.ask || field.help ? `${id}-ask` : '', fault ? `${id}-fault` : ''].filter(Boolean).join(' ')
  const common = { id, invalid: Boolean(fault), describedBy: described, required: field.required }
  if (field.kind === 'one' && field.choices.length <= FEW) {
    return <Frame id={id} fault={fault}><One {...common} legend={title} hint={hint} options={field.choices} value={value as Choice['value'] | undefined} onChange={onChange} look={short(field) ? 'chips' : 'rows'} /></Frame>
  }
  return (
    <Frame id={id} fault={fault}>
      <Label htmlFor={id} className="field-title">{title}</Label>
      {hint}
      <Place field={field} value={value} common={common} onChange={onChange} onDone={onDone} />
    </Frame>
  )
}

type Common = { id: string; invalid: boolean; describedBy: string; required: boolean }

function Place({ field, value, common, onChange, onDone }: Omit<Props, 'fault'> & { common: Common }) {
  const text = value === undefined ? '' : String(value)
  const tidy = () => {
    const neat = tidied(text, field.schema.format)
    if (neat !== text) onChange(neat)
    onDone?.()
  }
  if (field.kind === 'one') return <Select {...common} options={field.choices} value={value as Choice['value'] | undefined} onChange={onChange} />
  if (field.kind === 'date') return <DateInput {...common} value={text} onChange={onChange} onDone={tidy} />
  const example = field.example ? `例如：${field.example}` : ''
  if (field.kind === 'long') return <Area {...common} value={text} onChange={onChange} placeholder={example} maxLength={field.schema.maxLength} />
  const kinds = { number: 'digits', id: 'id', mobile: 'tel', text: 'text' } as const
  return <Input {...common} kind={kinds[field.kind as keyof typeof kinds]} value={text} onChange={onChange} onDone={tidy} placeholder={example} maxLength={longest(field)} autoComplete={auto(field)} />
}

function Title({ field }: { field: Field }) {
  return <>{field.title}{field.required ? null : <Text className="field-free">（可不填）</Text>}</>
}

function Hint({ field, id }: { field: Field; id: string }) {
  return (
    <>
      {field.ask || field.help ? <Box id={`${id}-ask`} className="field-ask">{[field.ask, field.help].filter(Boolean).join('')}</Box> : null}
    </>
  )
}

export function Frame({ id, fault, children }: { id: string; fault?: string; children: React.ReactNode }) {
  return (
    <Box className={`field ${fault ? 'field-wrong' : ''}`}>
      {children}
      <Box live="polite">{fault ? <Box id={`${id}-fault`} className="field-fault">{fault}</Box> : null}</Box>
    </Box>
  )
}

const short = (field: Field) => field.choices.every((choice) => [...choice.label].length <= 6)
const longest = (field: Field) => (field.kind === 'mobile' || field.kind === 'id' ? 24 : field.schema.maxLength)
const auto = (field: Field) => (field.kind === 'mobile' ? 'tel' : /(^|_)name$/.test(field.name) && field.schema.type === 'string' ? 'name' : 'off')
