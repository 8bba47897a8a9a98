/** The documents of a case as they are listed: each to be told from the others, a certificate with what it is worth. */
import type { Case } from '@/api/types'
import { stateOn } from './card'
import { timeText } from './due'
import { wordsOf } from './problem'
import { CERTIFICATE_STATE_NAMES } from '@shared/vocabulary'

type Told = Pick<Case, 'documents' | 'timeline' | 'certificate'>
type Paper = NonNullable<Case['documents']>[number]

/** Its name: a certificate that is worth nothing any more says so. */
export function titleOf({ kind, title }: Paper, { certificate }: Told, day?: string): string {
  const state = kind === 'certificate' && certificate ? stateOn({ state: certificate.state, to: certificate.valid_to }, day) : 'valid'
  return state === 'valid' ? title : `${title}（${CERTIFICATE_STATE_NAMES[state]}）`
}

/** Its number and day; and who put it out, where another has the same name: the story has that, of the event it is the paper of. */
export function detailOf(paper: Paper, { documents = [], timeline }: Told, now?: number): string {
  const same = documents.filter(({ title }) => title === paper.title).length > 1
  const by = same && timeline.find(({ event, at }) => event === paper.kind && at === paper.issued_at)?.by
  return [by, paper.document_no, timeText(paper.issued_at, now)].filter(Boolean).join('，')
}

/** Why they are not for who looks and who opens them instead, in the server's words; empty where they are. */
export async function shutBy(list: () => Promise<unknown>): Promise<string> {
  try {
    await list()
    return ''
  } catch (error) {
    return wordsOf(error).replace(/。?$/, '。')
  }
}
