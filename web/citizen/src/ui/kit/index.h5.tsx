/** The parts on the web: plain HTML, nothing between the page and the browser's own accessibility. */
import { createElement } from 'react'
import type { BoxProps, ButtonProps, CheckProps, FoldProps, HeadingProps, LabelProps, PictureProps, TextProps } from './types'

export * from './inputs.h5'
export * from './choices.h5'

export function Box({ as = 'div', label, live, busy, focusable, children, ...rest }: BoxProps) {
  const aria = { 'aria-label': label, 'aria-live': live, 'aria-busy': busy || undefined, tabIndex: focusable ? -1 : undefined }
  return createElement(as, { ...rest, ...aria }, children)
}

export function Text({ decorative, children, ...rest }: TextProps) {
  return <span aria-hidden={decorative || undefined} {...rest}>{children}</span>
}

/** Part of a button or a line: what it holds may be laid out. */
export const Part = Text

export function Heading({ level, focusable, children, ...rest }: HeadingProps) {
  return createElement(`h${level}`, { ...rest, tabIndex: focusable ? -1 : undefined }, children)
}

export function Button({ kind = 'plain', className = '', onPress, disabled, busy, label, pressed, current, expanded, children, id }: ButtonProps) {
  return (
    <button
      type="button"
      id={id}
      className={`btn btn-${kind} ${className}`}
      onClick={() => !busy && onPress()}
      disabled={disabled}
      aria-busy={busy || undefined}
      aria-label={label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-current={current ? 'page' : undefined}
    >
      {children}
    </button>
  )
}

export function Label({ htmlFor, className, children }: LabelProps) {
  return <label htmlFor={htmlFor} className={className}>{children}</label>
}

export function Check({ id, checked, onChange, children }: CheckProps) {
  return (
    <label className="check" htmlFor={id}>
      <input id={id} type="checkbox" className="choice-box" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span className="check-mark" aria-hidden="true" />
      <span className="check-text">{children}</span>
    </label>
  )
}

export function Fold({ summary, open, className = '', children }: FoldProps) {
  return (
    <details className={`fold ${className}`} open={open}>
      <summary className="fold-head">{summary}</summary>
      <div className="fold-body">{children}</div>
    </details>
  )
}

export function Picture({ src, alt, className }: PictureProps) {
  return <img src={src} alt={alt} className={className} />
}

export function Call({ phone, className }: { phone: string; className?: string }) {
  return <a className={`link ${className ?? ''}`} href={`tel:${phone.replace(/[^\d+]/g, '')}`}>{phone}</a>
}
