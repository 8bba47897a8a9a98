/** Whether and how the citizen was told, in words. */
import type { TimelineEntry } from '@/api/types'
import { timeText } from '@/domain/due'
import type { NoticeFate, NoticeWay } from '@shared/vocabulary'

const WAYS: Record<NoticeWay, string> = { wechat: '微信', sms: '短信', call: '电话', post: '书面', none: '' }
const FATES: Record<NoticeFate, (way: string) => string> = {
  queued: () => '正在通知您',
  sending: () => '正在通知您',
  sent: (way) => `已发${way}通知`,
  delivered: (way) => `${way}已送达`,
  failed: (way) => `${way || '通知'}没有发成功，请留意本页`,
  skipped: () => '没有另发通知',
}

/** Why nothing came, how it came in the end, or when it is tried again, stands behind it. */
export function noticeText({ channel, status, reason, next_at }: NonNullable<TimelineEntry['notice']>): string {
  const more = [reason, next_at && `${timeText(next_at)}左右再发`].filter(Boolean).join('，')
  return FATES[status](WAYS[channel]) + (more && `（${more}）`)
}
