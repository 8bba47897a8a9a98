/** What of a payment goes back, or went: how much, why, and how far it is. */
import type { Case } from '@/api/types'
import { timeText } from '@/domain/due'
import { Text } from './kit'
import { yuan } from '@shared/money'
import type { RefundState } from '@shared/vocabulary'

type Refund = NonNullable<NonNullable<Case['payment']>['refunds']>[number]

const SAID: Record<RefundState, (refund: Refund) => string> = {
  asked: () => '正在退回，到账后会通知您',
  sent: () => '正在退回，到账后会通知您',
  manual: () => '由工作人员办理退款，退款后会通知您',
  done: ({ by_hand, done_at }) => `${by_hand ? '已由办理部门退给您' : '已按原支付方式退回'}${done_at ? `，${timeText(done_at)}` : ''}`,
}

export function Refunds({ refunds }: { refunds: Refund[] }) {
  return (
    <>
      {refunds.map((refund, index) => (
        <Text key={index} className="rows-value">退款 {yuan(refund.amount_fen)}元（{refund.reason}）：{SAID[refund.state](refund)}</Text>
      ))}
    </>
  )
}
