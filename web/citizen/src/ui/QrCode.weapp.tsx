/** The mini-program pays by itself: no code to scan. */
export function QrCode(_: { text: string; label: string }) {
  return null
}
