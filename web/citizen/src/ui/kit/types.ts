/** The smallest parts, drawn as real HTML on the web (labels, buttons, radio groups that every screen reader knows) and as WeChat's own components in the mini-program. */
import type { ReactNode } from 'react'

export interface BoxProps {
  as?: 'div' | 'section' | 'nav' | 'main' | 'header' | 'footer' | 'ul' | 'ol' | 'li' | 'dl' | 'aside'
  id?: string
  className?: string
  children?: ReactNode
  label?: string
  role?: string
  live?: 'polite' | 'assertive'
  busy?: boolean
  focusable?: boolean
  hidden?: boolean
}

export interface TextProps {
  className?: string
  id?: string
  children?: ReactNode
  /** Only decoration: not read aloud. */
  decorative?: boolean
}

export interface HeadingProps {
  level: 1 | 2 | 3
  id?: string
  className?: string
  children?: ReactNode
  focusable?: boolean
}

export interface ButtonProps {
  kind?: 'primary' | 'plain' | 'text' | 'danger' | 'bare'
  className?: string
  id?: string
  onPress: () => void
  disabled?: boolean
  busy?: boolean
  label?: string
  pressed?: boolean
  current?: boolean
  expanded?: boolean
  children?: ReactNode
}

export interface InputProps {
  id: string
  value: string
  onChange: (value: string) => void
  onDone?: () => void
  kind?: 'text' | 'tel' | 'digits' | 'id' | 'search' | 'code'
  placeholder?: string
  maxLength?: number
  invalid?: boolean
  describedBy?: string
  required?: boolean
  autoComplete?: string
  label?: string
}

export interface AreaProps extends Omit<InputProps, 'kind' | 'onDone'> {
  rows?: number
}

export interface DateProps {
  id: string
  value: string
  onChange: (value: string) => void
  onDone?: () => void
  invalid?: boolean
  describedBy?: string
  required?: boolean
}

export interface Option<V> {
  value: V
  label: string
  note?: string
}

export interface OptionsProps<V> {
  id: string
  legend: ReactNode
  hint?: ReactNode
  options: Option<V>[]
  invalid?: boolean
  describedBy?: string
  required?: boolean
  className?: string
  look?: 'rows' | 'chips'
}

export interface OneProps<V> extends OptionsProps<V> {
  value: V | undefined
  onChange: (value: V) => void
}

export interface ManyProps<V> extends OptionsProps<V> {
  value: V[]
  onChange: (value: V[]) => void
}

export interface SelectProps<V> {
  id: string
  options: Option<V>[]
  value: V | undefined
  onChange: (value: V) => void
  invalid?: boolean
  describedBy?: string
  required?: boolean
}

export interface CheckProps {
  id: string
  checked: boolean
  onChange: (checked: boolean) => void
  children: ReactNode
}

export interface FoldProps {
  summary: ReactNode
  open?: boolean
  className?: string
  children: ReactNode
}

export interface LabelProps {
  htmlFor: string
  className?: string
  children: ReactNode
}

export interface PictureProps {
  src: string
  alt: string
  className?: string
}
