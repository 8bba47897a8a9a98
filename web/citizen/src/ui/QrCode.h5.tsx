/** A code to scan, drawn on the spot. */
import { useEffect, useState } from 'react'

export function QrCode({ text, label }: { text: string; label: string }) {
  const [drawn, setDrawn] = useState<{ size: number; path: string } | null>(null)
  useEffect(() => {
    let live = true
    void import('qrcode-generator').then(({ default: generate }) => {
      const code = generate(0, 'M')
      code.addData(text)
      code.make()
      const size = code.getModuleCount()
      const cells = Array.from({ length: size * size }, (_, at) => [Math.floor(at / size), at % size] as const)
      const path = cells.filter(([row, column]) => code.isDark(row, column)).map(([row, column]) => `M${column + 4} ${row + 4}h1v1h-1z`).join('')
      if (live) setDrawn({ size: size + 8, path })
    })
    return () => {
      live = false
    }
  }, [text])
  if (!drawn) return <div className="qr" role="status">正在生成付款码…</div>
  return (
    <svg className="qr" role="img" aria-label={label} viewBox={`0 0 ${drawn.size} ${drawn.size}`} shapeRendering="crispEdges">
      <rect width="100%" height="100%" fill="#fff" />
      <path d={drawn.path} fill="#000" />
    </svg>
  )
}
