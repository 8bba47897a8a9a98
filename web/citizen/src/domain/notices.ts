/** Whether and how the citizen was told, in words. */
import type { TimelineEntry } from '@/api/types'
import type { NoticeFate, NoticeWay } from '@shared/vocabulary'

const WAYS: Record<NoticeWay, string> = { wechat: '微信', sms: '短信', call: '电话', none: '' }
const FATES: Record<NoticeFate, (way: string) => string> = {
  queued: () => '正在通知您',
  sending: () => '正在通知您',
  sent: (way) => `已发${way}通知`,
  delivered: (way) => `${way}已送达`,
  failed: (way) => `${way || '通知'}没有发成功，请留意本页`,
  skipped: () => '按您的设置没有发通知',
}

export function noticeText({ channel, status }: NonNullable<TimelineEntry['notice']>): string {
  return FATES[status](WAYS[channel])
}
