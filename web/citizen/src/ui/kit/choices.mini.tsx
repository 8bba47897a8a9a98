/** One of several, some of several, in the mini-program. */
import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import type { ManyProps, OneProps, Option, OptionsProps } from './types'

type Value = string | number | boolean

function Group<V>({ id, legend, hint, className = '', look = 'rows', children, role }: OptionsProps<V> & { children: ReactNode; role: string }) {
  return (
    <View id={id} className={`choices choices-${look} ${className}`} ariaRole={role}>
      <View className="field-title">{legend}</View>
      {hint}
      <View className="choices-list">{children}</View>
    </View>
  )
}

function Row<V>({ option, on, role, press }: { option: Option<V>; on: boolean; role: string; press: () => void }) {
  return (
    <View className={`choice ${on ? 'is-on' : ''}`} ariaRole={role} ariaLabel={`${option.label}${on ? '，已选中' : ''}`} onClick={press}>
      <View className={`choice-mark choice-${role}`} />
      <View className="choice-text">
        {option.label}
        {option.note ? <View className="choice-note">{option.note}</View> : null}
      </View>
    </View>
  )
}

export function One<V extends Value>({ value, onChange, ...group }: OneProps<V>) {
  return (
    <Group {...group} role="radiogroup">
      {group.options.map((option) => <Row key={String(option.value)} option={option} role="radio" on={option.value === value} press={() => onChange(option.value)} />)}
    </Group>
  )
}

export function Many<V extends Value>({ value, onChange, ...group }: ManyProps<V>) {
  const toggled = (one: V) => (value.includes(one) ? value.filter((each) => each !== one) : [...value, one])
  return (
    <Group {...group} role="group">
      {group.options.map((option) => (
        <Row key={String(option.value)} option={option} role="checkbox" on={value.includes(option.value)} press={() => onChange(toggled(option.value))} />
      ))}
    </Group>
  )
}
