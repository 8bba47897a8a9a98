/** What may be uploaded. */
export const ACCEPT = 'image/jpeg,image/png,application/pdf,.ofd'
export const MAX_BYTES = 10 * 1024 * 1024
const TYPES = ['image/jpeg', 'image/png', 'application/pdf', 'application/ofd'] as const

export type FileType = (typeof TYPES)[number]

export function fileFault(file: { type: string; size: number }): string {
  if (!(TYPES as readonly string[]).includes(file.type)) return '只能上传 JPG、PNG 照片或 PDF、OFD 文件'
  if (file.size > MAX_BYTES) return '文件超过10MB，请压缩后再传'
  return file.size === 0 ? '文件是空的，请重新选择' : ''
}

/** File names may be long: keep the end, which says what kind it is. */
export function shortName(name: string): string {
  const signs = [...name]
  return signs.length <= 100 ? name : signs.slice(signs.length - 100).join('')
}
