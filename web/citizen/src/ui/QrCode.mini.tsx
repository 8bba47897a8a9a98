/** A code to scan in a mini-program that cannot pay by itself: the same cells as a picture, kept by the phone with a long press. */
import { Image } from '@tarojs/components'
import { drawn } from './qr'

export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = drawn(text)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff"/><path d="${path}"/></svg>`
  return <Image className="qr" src={`data:image/svg+xml,${encodeURIComponent(svg)}`} ariaLabel={label} mode="aspectFit" showMenuByLongpress />
}
