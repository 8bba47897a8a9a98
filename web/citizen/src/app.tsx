/** The citizen's client: what is done once, before any page. */
import './start'
import type { PropsWithChildren } from 'react'
import './platform/styles'
import './styles/base.css'
import './styles/frame.css'
import './styles/parts.css'
import './styles/form.css'
import './styles/pages.css'
import './styles/wide.css'

export default function App({ children }: PropsWithChildren) {
  return children
}
