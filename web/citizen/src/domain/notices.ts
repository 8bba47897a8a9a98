/** Whether and how the citizen was told, in words. */
import type { TimelineEntry } from '@/api/types'

type Fate = NonNullable<TimelineEntry['notice']>

const CHANNELS: Record<Fate['channel'], string> = { wechat: '微信', sms: '短信', call: '电话', none: '' }

export function noticeText({ channel, status }: Fate): string {
  const way = CHANNELS[channel]
  if (status === 'delivered') return `${way}已送达`
  if (status === 'sent') return `已发${way}通知`
  if (status === 'failed') return `${way || '通知'}没有发成功，请留意本页`
  return status === 'queued' ? '正在通知您' : '按您的设置没有发通知'
}
