/** Calls of the API. Every answer is the promised type or an ApiError in Chinese. */
import { ApiError } from '@/domain/problem'
import type { Problem } from './types'
import { API_BASE } from '@/platform/device'
import { http } from '@/platform/http'
import type { HttpAnswer, HttpRequest } from '@/platform/types'
import { answered, silent } from '@/state/reach'
import { session, signOut } from '@/state/session'

export interface Options {
  body?: unknown
  /** The bytes to send, where they must not change between two tries. */
  raw?: string
  key?: string
  open?: boolean
  timeout?: number
}

const TIMEOUT = 15_000

/** Make a call and return what was answered, whatever it was. */
export async function raw(method: HttpRequest['method'], path: string, options: Options = {}): Promise<HttpAnswer> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  const token = options.open ? undefined : session.get()?.token
  if (token) headers.Authorization = `Bearer ${token}`
  if (options.key) headers['Idempotency-Key'] = options.key
  const body = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body))
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  const answer = await http({ method, url: API_BASE + path, headers, body, timeout: options.timeout ?? TIMEOUT })
  if (lost(answer)) silent()
  else answered()
  if (answer.status === 401 && token && session.get()?.token === token) signOut()
  return lost(answer) ? { status: 0, body: null } : answer
}

/** Make a call and return the promised answer. Raises ApiError. */
export async function call<T>(method: HttpRequest['method'], path: string, options: Options = {}): Promise<T> {
  const { status, body } = await raw(method, path, options)
  if (status < 200 || status >= 300) throw new ApiError(status, (body ?? {}) as Partial<Problem>)
  return body as T
}

/** A gateway's own answer (no problem document of the API, or the front door's `gateway`) is nobody's answer. */
function lost({ status, body }: HttpAnswer): boolean {
  const said = typeof body === 'object' && body !== null && 'code' in body && body.code !== 'gateway'
  return status === 0 || ((status === 502 || status === 503 || status === 504) && !said)
}
