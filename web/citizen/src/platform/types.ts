/** What differs between the web page and the mini-programs; each has one file of each kind, `.h5` and `.mini`. */
import type { App, Channel } from '@shared/vocabulary'
import type { MaterialUpload } from '@/api/types'

/** What one mini-program has of its own, and the web page: `here.<platform>.ts`. */
export interface Here {
  channel: Channel
  /** Whose login signs people in. */
  app: App | null
  /** It calls up WeChat Pay by itself; else a code is shown to be scanned, or on a phone the party's page is opened. */
  pays: boolean
  /** A file may be chosen from a chat. */
  chats: boolean
}

export interface HttpRequest {
  method: 'GET' | 'POST' | 'DELETE'
  url: string
  headers: Record<string, string>
  body?: string
  timeout: number
}

export interface HttpAnswer {
  /** 0 when nobody answered. */
  status: number
  body: unknown
}

export interface PickedFile {
  name: string
  type: string
  size: number
  /** A file of the browser, or a path on the phone. */
  source: unknown
  /** An address an image can be shown from, or ''. */
  preview: string
}

/** A signed form: `fields` as they are, the file last. */
export type UploadTarget = MaterialUpload['upload']

export class UploadFailed extends Error {}
