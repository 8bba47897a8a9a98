/** Line icons in the mini-program: the same paths as a picture, in the accent colour. */
import { Image } from '@tarojs/components'
import { PATHS, type IconName } from './icons'

const picture = (name: IconName) =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#0b5c6b" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="${PATHS[name]}"/></svg>`)}`

export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  return <Image className={`icon ${className}`} src={picture(name)} mode="aspectFit" />
}
