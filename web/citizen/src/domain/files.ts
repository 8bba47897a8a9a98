/** What may be uploaded. */
import { FILE_TYPE_NAMES } from '@shared/vocabulary'

export const ACCEPT = 'image/jpeg,image/png,application/pdf,.ofd'
export const MAX_BYTES = 10 * 1024 * 1024

export function fileFault(file: { type: string; size: number }): string {
  if (!(file.type in FILE_TYPE_NAMES)) return '只能上传 JPG、PNG 照片或 PDF、OFD 文件'
  if (file.size > MAX_BYTES) return '文件超过10MB，请压缩后再传'
  return file.size === 0 ? '文件是空的，请重新选择' : ''
}

/** File names may be long: keep the end, which says what kind it is. */
export function shortName(name: string): string {
  const signs = [...name]
  return signs.length <= 100 ? name : signs.slice(signs.length - 100).join('')
}
