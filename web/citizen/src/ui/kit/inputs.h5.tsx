/** Where text is typed, on the web. */
import type { AreaProps, DateProps, InputProps, SelectProps } from './types'

const MODES = {
  text: { type: 'text', inputMode: undefined },
  tel: { type: 'tel', inputMode: 'tel' },
  digits: { type: 'text', inputMode: 'numeric' },
  decimal: { type: 'text', inputMode: 'decimal' },
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

export function DateInput({ id, value, onChange, onDone, ...props }: DateProps) {
  return <input id={id} className="input" type="date" value={value} min="1900-01-01" max="2100-12-31" onChange={(event) => onChange(event.target.value)} onBlur={onDone} {...aria(props)} />
}

export function Select<V extends string | number | boolean>({ id, options, value, onChange, ...props }: SelectProps<V>) {
  const at = options.findIndex((option) => option.value === value)
  return (
    <select
      id={id}
      className="input"
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
