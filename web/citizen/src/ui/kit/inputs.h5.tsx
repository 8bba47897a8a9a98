/** Where text is typed, on the web. */
import { useRef } from 'react'
import { isDay } from '@shared/formats'
import type { AreaProps, DateProps, InputProps, SelectProps } from './types'

const MODES = {
  text: { type: 'text', inputMode: undefined },
  tel: { type: 'tel', inputMode: 'tel' },
  digits: { type: 'text', inputMode: 'numeric' },
  id: { type: 'text', inputMode: undefined },
  search: { type: 'search', inputMode: 'search' },
  code: { type: 'text', inputMode: 'numeric' },
} as const

const aria = (props: { invalid?: boolean; describedBy?: string; required?: boolean; label?: string }) => ({
  'aria-invalid': props.invalid || undefined,
  'aria-describedby': props.describedBy || undefined,
  'aria-required': props.required || undefined,
  'aria-label': props.label,
})

export function Input({ kind = 'text', value, onChange, onDone, ...props }: InputProps) {
  return (
    <input
      id={props.id}
      className="input"
      {...MODES[kind]}
      value={value}
      placeholder={props.placeholder}
      maxLength={props.maxLength}
      autoComplete={kind === 'code' ? 'one-time-code' : (props.autoComplete ?? 'off')}
      autoCapitalize={kind === 'id' ? 'characters' : undefined}
      spellCheck={false}
      enterKeyHint={kind === 'search' ? 'search' : undefined}
      onChange={(event) => onChange(event.target.value)}
      onBlur={() => kind !== 'search' && onDone?.()}
      onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && onDone?.()}
      {...aria(props)}
    />
  )
}

export function Area({ value, onChange, rows = 3, ...props }: AreaProps) {
  return (
    <textarea
      id={props.id}
      className="input area"
      rows={rows}
      value={value}
      placeholder={props.placeholder}
      maxLength={props.maxLength}
      autoComplete={props.autoComplete}
      onChange={(event) => onChange(event.target.value)}
      {...aria(props)}
    />
  )
}

/** A day, typed (any usual way of writing it) or chosen from the browser's calendar, whose own field would speak the browser's language. */
export function DateInput({ id, value, onChange, onDone, ...props }: DateProps) {
  const calendar = useRef<HTMLInputElement>(null)
  const choose = () => {
    try {
      calendar.current?.showPicker()
    } catch {
      calendar.current?.focus()
    }
  }
  return (
    <div className="day">
      <Input id={id} kind="digits" value={value} maxLength={14} placeholder="例如：2026-03-01" onChange={onChange} onDone={onDone} {...props} />
      <button type="button" className="btn btn-plain day-choose" onClick={choose} aria-label="从日历选日期">选日期</button>
      <input ref={calendar} className="day-calendar" type="date" tabIndex={-1} aria-hidden="true" value={isDay(value) ? value : ''} min="1900-01-01" max="2100-12-31" onChange={(event) => onChange(event.target.value)} />
    </div>
  )
}

export function Select<V extends string | number | boolean>({ id, options, value, onChange, ...props }: SelectProps<V>) {
  const at = options.findIndex((option) => option.value === value)
  return (
    <select
      id={id}
      className="input input-select"
      value={at < 0 ? '' : String(at)}
      onChange={(event) => {
        const chosen = options[Number(event.target.value)]
        if (chosen && event.target.value !== '') onChange(chosen.value)
      }}
      {...aria(props)}
    >
      <option value="" disabled>请选择</option>
      {options.map((option, index) => <option key={String(option.value)} value={index}>{option.label}</option>)}
    </select>
  )
}
