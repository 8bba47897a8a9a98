/** A code to scan, drawn on the spot. */
import { useEffect, useState } from 'react'
import type { Code } from './qr'

export function QrCode({ text, label }: { text: string; label: string }) {
  const [code, setCode] = useState<Code | null>(null)
  useEffect(() => {
    let live = true
    void import('./qr').then(({ drawn }) => live && setCode(drawn(text)))
    return () => {
      live = false
    }
  }, [text])
  if (!code) return <div className="qr" role="status">正在生成二维码…</div>
  return (
    <svg className="qr" role="img" aria-label={label} viewBox={`0 0 ${code.size} ${code.size}`} shapeRendering="crispEdges">
      <rect width="100%" height="100%" fill="#fff" />
      <path d={code.path} fill="#000" />
    </svg>
  )
}
