/** Where text is typed, in the mini-program. */
import { Input as TaroInput, Picker, Textarea, View } from '@tarojs/components'
import type { AreaProps, DateProps, InputProps, SelectProps } from './types'

const TYPES = { text: 'text', tel: 'number', digits: 'number', id: 'idcard', search: 'text', code: 'number' } as const

export function Input({ kind = 'text', value, onChange, onDone, ...props }: InputProps) {
  return (
    <TaroInput
      id={props.id}
      className={`input ${props.invalid ? 'is-wrong' : ''}`}
      type={TYPES[kind]}
      value={value}
      placeholder={props.placeholder}
      placeholderClass="input-placeholder"
      maxlength={props.maxLength ?? 140}
      confirmType={kind === 'search' ? 'search' : 'done'}
      ariaLabel={props.label}
      onInput={(event) => onChange(event.detail.value)}
      onBlur={() => kind !== 'search' && onDone?.()}
      onConfirm={() => onDone?.()}
    />
  )
}

export function Area({ value, onChange, ...props }: AreaProps) {
  return (
    <Textarea
      id={props.id}
      className={`input area ${props.invalid ? 'is-wrong' : ''}`}
      value={value}
      placeholder={props.placeholder}
      placeholderClass="input-placeholder"
      maxlength={props.maxLength ?? 500}
      autoHeight
      ariaLabel={props.label}
      onInput={(event) => onChange(event.detail.value)}
    />
  )
}

export function DateInput({ id, value, onChange, onDone, invalid }: DateProps) {
  return (
    <Picker
      mode="date"
      value={value || '2000-01-01'}
      start="1900-01-01"
      end="2100-12-31"
      onChange={(event) => {
        onChange(event.detail.value)
        onDone?.()
      }}
    >
      <View id={id} className={`input input-pick ${invalid ? 'is-wrong' : ''} ${value ? '' : 'is-empty'}`}>{value || '请选择日期'}</View>
    </Picker>
  )
}

export function Select<V extends string | number | boolean>({ id, options, value, onChange, invalid }: SelectProps<V>) {
  const at = options.findIndex((option) => option.value === value)
  return (
    <Picker
      mode="selector"
      range={options.map((option) => option.label)}
      value={Math.max(at, 0)}
      onChange={(event) => {
        const chosen = options[Number(event.detail.value)]
        if (chosen) onChange(chosen.value)
      }}
    >
      <View id={id} className={`input input-pick ${invalid ? 'is-wrong' : ''} ${at < 0 ? 'is-empty' : ''}`}>{options[at]?.label ?? '请选择'}</View>
    </Picker>
  )
}
