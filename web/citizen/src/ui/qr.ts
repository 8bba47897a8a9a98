/** The cells of a code to scan, as the path of a picture. */
import generate from 'qrcode-generator'

export interface Code {
  size: number
  path: string
}

/** `size` is the picture's side in cells, with the quiet border of four. */
export function drawn(text: string): Code {
  const code = generate(0, 'M')
  code.addData(text)
  code.make()
  const size = code.getModuleCount()
  const cells = Array.from({ length: size * size }, (_, at) => [Math.floor(at / size), at % size] as const)
  const path = cells.filter(([row, column]) => code.isDark(row, column)).map(([row, column]) => `M${column + 4} ${row + 4}h1v1h-1z`).join('')
  return { size: size + 8, path }
}
