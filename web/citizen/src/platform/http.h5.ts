/** One HTTP call from the browser. Never throws: nobody there is status 0. */
import type { HttpAnswer, HttpRequest } from './types'

export async function http(request: HttpRequest): Promise<HttpAnswer> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), request.timeout)
  try {
    const answer = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      signal: stop.signal,
      cache: 'no-store',
      credentials: 'omit',
    })
    const text = await answer.text()
    return { status: answer.status, body: parsed(text) }
  } catch {
    return { status: 0, body: null }
  } finally {
    clearTimeout(timer)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
