/** The parts in a mini-program: its platform's own components, with their aria attributes for its screen reader. */
import { Image, Label as TaroLabel, Text as TaroText, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { type ReactNode, useState } from 'react'
import type { BoxProps, ButtonProps, CheckProps, FoldProps, HeadingProps, LabelProps, PictureProps, TextProps } from './types'

export * from './inputs.mini'
export * from './choices.mini'

export function Box({ as: _as, label, live, busy: _busy, focusable: _focusable, hidden, role, className, id, children }: BoxProps) {
  if (hidden) return null
  return <View id={id} className={className} ariaLabel={label} ariaRole={role ?? (live ? 'alert' : undefined)}>{children}</View>
}

/** Part of a button or a line: what it holds may be laid out. */
export function Part({ className, id, children }: TextProps) {
  return <View id={id} className={className}>{children}</View>
}

export function Text({ className, id, children }: TextProps) {
  return <TaroText id={id} className={className}>{children}</TaroText>
}

export function Heading({ level, id, className = '', children }: HeadingProps) {
  return <View id={id} className={`h${level} ${className}`} ariaRole="heading">{children}</View>
}

export function Button({ kind = 'plain', className = '', id, onPress, disabled, busy, label, pressed, current, children }: ButtonProps) {
  const off = disabled || busy
  return (
    <View
      id={id}
      className={`btn btn-${kind} ${className} ${off ? 'is-off' : ''} ${pressed || current ? 'is-on' : ''}`}
      hoverClass={off ? 'none' : 'is-pressed'}
      ariaRole="button"
      ariaLabel={off && label ? `${label}，现在不能点` : label}
      onClick={() => !off && onPress()}
    >
      {children}
    </View>
  )
}

export function Label({ htmlFor, className, children }: LabelProps) {
  return <TaroLabel for={htmlFor} className={className}>{children}</TaroLabel>
}

export function Check({ id, checked, onChange, children }: CheckProps) {
  return (
    <View id={id} className={`check ${checked ? 'is-on' : ''}`} ariaRole="checkbox" ariaLabel={spoken(children, checked)} onClick={() => onChange(!checked)}>
      <View className="check-mark" />
      <View className="check-text">{children}</View>
    </View>
  )
}

function spoken(children: ReactNode, on: boolean): string | undefined {
  return typeof children === 'string' ? `${children}${on ? '，已勾选' : ''}` : undefined
}

export function Fold({ summary, open = false, className = '', children }: FoldProps) {
  const [shown, setShown] = useState(open)
  return (
    <View className={`fold ${className} ${shown ? 'is-open' : ''}`}>
      <View className="fold-head" ariaRole="button" onClick={() => setShown(!shown)}>{summary}</View>
      {shown ? <View className="fold-body">{children}</View> : null}
    </View>
  )
}

export function Picture({ src, alt, className }: PictureProps) {
  return <Image src={src} ariaLabel={alt} className={className} mode="aspectFill" />
}

export function Call({ phone, className = '' }: { phone: string; className?: string }) {
  return <TaroText className={`link ${className}`} onClick={() => void Taro.makePhoneCall({ phoneNumber: phone.replace(/[^\d+]/g, '') })}>{phone}</TaroText>
}
