/** One of several, some of several, on the web: radio buttons and check boxes in a fieldset. */
import type { ReactNode } from 'react'
import type { ManyProps, OneProps, Option, OptionsProps } from './types'

type Value = string | number | boolean

function Group<V>({ id, legend, hint, invalid, describedBy, className = '', look = 'rows', children, role }: OptionsProps<V> & { children: ReactNode; role?: string }) {
  return (
    <fieldset id={id} className={`choices choices-${look} ${className}`} role={role} aria-describedby={describedBy || undefined} aria-invalid={role && invalid ? true : undefined} tabIndex={-1}>
      <legend className="field-title">{legend}</legend>
      {hint}
      <div className="choices-list">{children}</div>
    </fieldset>
  )
}

function Row<V>({ option, children }: { option: Option<V>; children: ReactNode }) {
  return (
    <label className="choice">
      {children}
      <span className="choice-mark" aria-hidden="true" />
      <span className="choice-text">
        {option.label}
        {option.note ? <span className="choice-note">{option.note}</span> : null}
      </span>
    </label>
  )
}

export function One<V extends Value>({ value, onChange, ...group }: OneProps<V>) {
  return (
    <Group {...group} role="radiogroup">
      {group.options.map((option) => (
        <Row key={String(option.value)} option={option}>
          <input type="radio" className="choice-radio" name={group.id} checked={option.value === value} onChange={() => onChange(option.value)} />
        </Row>
      ))}
    </Group>
  )
}

export function Many<V extends Value>({ value, onChange, ...group }: ManyProps<V>) {
  const toggled = (one: V) => (value.includes(one) ? value.filter((each) => each !== one) : [...value, one])
  return (
    <Group {...group}>
      {group.options.map((option) => (
        <Row key={String(option.value)} option={option}>
          <input type="checkbox" className="choice-box" checked={value.includes(option.value)} onChange={() => onChange(toggled(option.value))} />
        </Row>
      ))}
    </Group>
  )
}
