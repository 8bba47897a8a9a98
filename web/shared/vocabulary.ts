export type Status =
  | 'submitted' | 'correction' | 'accepted' | 'in_review' | 'suspended' | 'granted' | 'denied' | 'not_accepted' | 'awaiting_payment' | 'producing'
  | 'delivering' | 'ready_for_pickup' | 'delivered' | 'closed' | 'withdrawn' | 'void'
export const STATUS_NAMES: Record<Status, string> = {
  submitted: '已收件',
  correction: '待补正',
  accepted: '已受理',
  in_review: '审查中',
  suspended: '特别程序中',
  granted: '准予',
  denied: '不予许可',
  not_accepted: '不予受理',
  awaiting_payment: '待缴费',
  producing: '制证中',
  delivering: '寄送中',
  ready_for_pickup: '待领取',
  delivered: '已送达',
  closed: '已办结归档',
  withdrawn: '已撤回',
  void: '已作废',
}

export type Channel = 'miniprogram' | 'wechat' | 'sms' | 'ivr' | 'web' | 'window' | 'kiosk'
export const CHANNEL_NAMES: Record<Channel, string> = {
  miniprogram: '微信小程序',
  wechat: '微信公众号',
  sms: '短信',
  ivr: '12345电话',
  web: '网页',
  window: '政务服务窗口',
  kiosk: '自助终端',
}

export type Role = 'clerk' | 'approver' | 'supervisor' | 'kiosk'
export const ROLE_NAMES: Record<Role, string> = {
  clerk: '窗口受理',
  approver: '审批',
  supervisor: '监督',
  kiosk: '自助终端',
}

export type EventName =
  | 'submitted' | 'assigned' | 'accepted' | 'not_accepted' | 'correction_requested' | 'supplemented' | 'reviewed' | 'granted' | 'denied'
  | 'payment_requested' | 'paid' | 'payment_lapsed' | 'refund_due' | 'producing' | 'dispatched' | 'tracked' | 'ready_for_pickup' | 'delivered'
  | 'rating_invited' | 'rated' | 'withdrawn' | 'lapsed' | 'closed'
export const EVENT_NAMES: Record<EventName, string> = {
  submitted: '收件',
  assigned: '转办',
  accepted: '受理',
  not_accepted: '不予受理',
  correction_requested: '告知补正',
  supplemented: '已补正',
  reviewed: '审查通过',
  granted: '准予',
  denied: '不予许可',
  payment_requested: '通知缴费',
  paid: '已缴费',
  payment_lapsed: '逾期未缴费',
  refund_due: '待退款',
  producing: '制证',
  dispatched: '已寄出',
  tracked: '寄送进度',
  ready_for_pickup: '待领取',
  delivered: '送达',
  rating_invited: '邀请评价',
  rated: '评价',
  withdrawn: '撤回',
  lapsed: '逾期退件',
  closed: '归档',
}

export type TaskKind = 'acceptance' | 'review' | 'decision' | 'pickup'
export const TASK_KIND_NAMES: Record<TaskKind, string> = {
  acceptance: '受理',
  review: '审查',
  decision: '决定',
  pickup: '领取',
}

export type ProblemCode =
  | 'already_decided' | 'already_paid' | 'already_rated' | 'bad_code' | 'bad_encoding' | 'bad_json' | 'bad_key' | 'bad_message' | 'bad_notice'
  | 'bad_password' | 'bad_receipt' | 'bad_session' | 'bad_signature' | 'bad_time' | 'cancelled' | 'changed_meanwhile' | 'claimed_by_other'
  | 'code_expired' | 'conflict' | 'corrected_before' | 'courier_refused' | 'empty' | 'exists' | 'forbidden' | 'idempotency_conflict'
  | 'illegal_state' | 'internal' | 'invalid_input' | 'locked' | 'not_encrypted' | 'not_found' | 'not_rateable' | 'party_busy' | 'party_refused'
  | 'party_unavailable' | 'party_unreachable' | 'rating_over' | 'session_expired' | 'stale' | 'ticket_expired' | 'ticket_invalid' | 'ticket_used'
  | 'too_large' | 'too_many' | 'unauthenticated' | 'unknown_message' | 'unknown_order' | 'unsupported_media' | 'verify_failed' | 'verify_needed'
  | 'wechat_busy' | 'wechat_login' | 'wechat_token' | 'wrong_amount' | 'wrong_merchant'
