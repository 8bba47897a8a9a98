/** Links in messages are plain paths (`/rate/<case>?t=<ticket>`, `/cases/<case>`); the web page turns them into its own. */
export function pageOf(pathname: string, search: string): string | null {
  const rate = /^\/rate\/(\d{12})\/?$/.exec(pathname)
  const asked = new URLSearchParams(search)
  const ticket = asked.get('t')
  if (rate) return `/pages/rate/index?case_no=${rate[1]}${ticket ? `&t=${encodeURIComponent(ticket)}` : ''}${asked.get('a') ? '&again=1' : ''}`
  const one = /^\/cases\/(\d{12})\/?$/.exec(pathname)
  if (one) return `/pages/case/index?case_no=${one[1]}`
  const service = /^\/services\/([a-z][a-z0-9-]{2,39})\/?$/.exec(pathname)
  return service ? `/pages/guide/index?code=${service[1]}` : null
}
