/** The API, one function per operation the citizen's client uses. */
import { queryString } from '@/domain/search'
import { byApp, session, signOut } from '@/state/session'
import type { App, PayScene } from '@shared/vocabulary'
import { call, raw } from './client'
import type * as T from './types'

const enc = encodeURIComponent

export interface Page<Item> {
  items: Item[]
  next?: string
}

export async function listServices(query: { q?: string; tag?: string; audience?: string; topic?: string; next?: string }): Promise<Page<T.ServiceSummary>> {
  const answer = await call<{ services: T.ServiceSummary[]; next?: string }>('GET', `/v1/services${queryString(query)}`, { open: true })
  return { items: answer.services, next: answer.next }
}

/** A service as it is now, or the `version` that a case was filed under. */
export function getService(code: string, asked: { answers?: Record<string, string>; version?: string } = {}): Promise<T.Service> {
  const answers = Object.entries(asked.answers ?? {}).map(([id, value]) => `${id}:${value}`).join(',')
  return call<T.Service>('GET', `/v1/services/${enc(code)}${queryString({ answers, version: asked.version })}`, { open: true })
}

export async function listCases(next?: string): Promise<Page<T.CaseSummary>> {
  const answer = await call<{ cases: T.CaseSummary[]; next?: string }>('GET', `/v1/cases${queryString({ next })}`)
  return { items: answer.cases, next: answer.next }
}

export const getCase = (caseNo: string) => call<T.Case>('GET', `/v1/cases/${enc(caseNo)}`)

/** What a case has on paper, with addresses good for some minutes. */
export const listDocuments = (caseNo: string) => call<{ documents: T.Document[] }>('GET', `/v1/cases/${enc(caseNo)}/documents`)

export const publicStatus = (caseNo: string, verify: string) =>
  call<T.PublicStatus>('POST', '/v1/status', { body: { case_no: caseNo, verify }, open: true })

export const withdraw = (caseNo: string, reason: string, key: string) =>
  call<T.PublicStatus>('POST', `/v1/cases/${enc(caseNo)}/withdrawal`, { body: reason ? { reason } : {}, key })

/** Say where the result goes, or who fetches it. */
export const changeDelivery = (caseNo: string, wanted: T.DeliveryRequest) =>
  call<T.PublicStatus>('POST', `/v1/cases/${enc(caseNo)}/delivery`, { body: wanted })

/** Order a payment; `scene` says where it is paid, else it is what suits the session. */
export const pay = (caseNo: string, scene?: PayScene) => call<T.PaymentOrder>('POST', `/v1/cases/${enc(caseNo)}/payment`, { body: scene ? { scene } : {} })

/** What a service costs by a form as it stands; refused while what it is counted by is missing or wrong. */
export const countFee = (code: string, form: Record<string, unknown>, version?: string) =>
  call<T.FeeAssessment>('POST', `/v1/services/${enc(code)}/fee`, { body: { form, ...(version ? { version } : {}) }, open: true })

export const rate = (caseNo: string, rating: T.RatingRequest) =>
  call<T.RatingTaken>('POST', `/v1/cases/${enc(caseNo)}/rating`, { body: rating, open: Boolean(rating.ticket) })

export const newMaterial = (material: T.MaterialRequest) => call<T.MaterialUpload>('POST', '/v1/materials', { body: material })

export const sendCode = (phone: string) =>
  call<{ expires_in: number; retry_after?: number }>('POST', '/v1/sessions/sms-code', { body: { phone }, open: true })

/** Sign in; with a mini-program's session, bind the phone to its user instead. */
export const smsSession = (phone: string, code: string) =>
  call<T.Session>('POST', '/v1/sessions/sms', { body: { phone, code }, open: !byApp(session.get()) })

export const appSession = (app: App, code: string) => call<T.Session>('POST', `/v1/sessions/${app}`, { body: { code }, open: true })

/** Sign out here at once; the token is dead as soon as the API hears of it. */
export function endSession(): void {
  void raw('DELETE', '/v1/sessions/current')
  signOut()
}
