/** Renewal of a certificate in words: when it may be asked for, and what it means to ask late (《行政许可法》第50条). */
import type { Case } from '@/api/types'
import { grouped } from '@shared/caseNo'
import { chineseDay } from '@shared/days'
import { undecided } from '@shared/statuses'
import { PERIODS } from '@shared/vocabulary'

export type Renewal = NonNullable<NonNullable<Case['certificate']>['renewal']>
export type RenewalOf = NonNullable<Case['renewal']>
type Asked = Pick<RenewalOf, 'number' | 'runs_to' | 'timely'>

const LATE = '到期前没有作出决定的，证照到期失效'

/** What to say of it now, and whether it may be asked for. */
export function renewalWords({ state, opens, ask_by }: Renewal): { words: string; may: boolean } {
  switch (state) {
    case 'early':
      return { words: `${chineseDay(opens)}起可以申请延续，最迟在${chineseDay(ask_by)}提出。`, may: false }
    case 'open':
      return { words: `可以延续，请最迟在${chineseDay(ask_by)}提出。`, may: true }
    case 'late':
      return { words: `提出延续的期限（${chineseDay(ask_by)}）已过，到期前仍可提出；${LATE}。`, may: true }
    case 'asked':
      return { words: '延续申请正在办理，可在“我的办件”中查看。', may: false }
  }
}

/** What an application is to renew. */
export function askedWords({ number, runs_to, timely }: Asked): string {
  const late = timely ? '' : `提出时距到期已不足${PERIODS.RENEWAL_ASKED}，${LATE}。`
  return `延续编号${grouped(number)}的证照，提出时有效期至${chineseDay(runs_to)}。${late}`
}

/** The sentence on a case's page. */
export function renewalText(data: Pick<Case, 'status' | 'renewal'>): string | null {
  if (!data.renewal) return null
  const words = askedWords(undecided(data.status) ? data.renewal : { ...data.renewal, timely: true })
  const gone = data.renewal.state === 'revoked' ? '这个证照已经注销。' : ''
  return words + gone
}
