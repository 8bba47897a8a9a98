/** Chinese words for the codes the API speaks in. */
import type { Channel, DeliveryMethod, NoticeFate, Outcome, Role, TaskKind } from "../api/types";

export const CHANNELS: Record<Channel, string> = {
  miniprogram: "微信小程序",
  web: "网页",
  window: "窗口",
  kiosk: "自助终端",
  wechat: "微信公众号",
  sms: "短信",
  ivr: "12345 电话",
};

export const KINDS: Record<TaskKind, string> = { acceptance: "受理", review: "审查", decision: "决定", pickup: "领取" };

export const DELIVERY: Record<DeliveryMethod, string> = { electronic: "电子结果", pickup: "窗口领取", courier: "邮寄到家" };

export const NOTICE_WAYS: Record<NoticeFate["channel"], string> = {
  wechat: "微信通知",
  sms: "短信",
  call: "电话",
  none: "没有通知",
};

export const NOTICE_FATES: Record<NoticeFate["status"], string> = {
  queued: "待发送",
  sent: "已发出",
  delivered: "已送达",
  failed: "没有送达",
  skipped: "未发送",
};

export const ROLES: Record<Role, string> = { clerk: "窗口受理", approver: "审批", supervisor: "监督", kiosk: "自助终端" };

export const PAYMENT: Record<string, string> = {
  unpaid: "待缴费",
  paying: "缴费中",
  paid: "已缴费",
  refunding: "退款中",
  refunded: "已退款",
  closed: "已关闭",
};

export const NEEDS = { required: "必要", optional: "非必要", later: "可后补" } as const;
export const MATERIAL_FORMS = { original: "原件", copy: "复印件", electronic: "电子件" } as const;
export const RESULT_TYPES = { certificate: "证照", approval: "批文", payment: "资金", other: "其他" } as const;
export const AUDIENCES = { person: "个人", corporation: "法人" } as const;
export const LEVELS: Record<string, string> = { 5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意" };

const APPROVE: Record<TaskKind, string> = { acceptance: "受理", review: "通过", decision: "准予", pickup: "已交付" };
const REJECT: Record<TaskKind, string> = { acceptance: "不予受理", review: "不通过", decision: "不予许可", pickup: "不能领取" };

/** What a decision is called depends on the stage: 受理 is not 准予. */
export function outcomeName(outcome: Outcome, kind: TaskKind): string {
  return outcome === "approve" ? APPROVE[kind] : outcome === "reject" ? REJECT[kind] : "补正";
}

const EVENTS: Record<string, string> = {
  submitted: "收件",
  assigned: "转办",
  accepted: "受理",
  not_accepted: "不予受理",
  correction_requested: "告知补正",
  supplemented: "已补正",
  reviewed: "审查通过",
  in_review: "审查",
  granted: "准予",
  denied: "不予许可",
  payment_requested: "通知缴费",
  paid: "已缴费",
  producing: "制证",
  dispatched: "已寄出",
  tracked: "寄送进度",
  ready_for_pickup: "待领取",
  delivered: "送达",
  rating_invited: "邀请评价",
  rated: "评价",
  withdrawn: "撤回",
  lapsed: "逾期退件",
  closed: "归档",
  void: "作废",
};

export function eventName(event: string): string {
  return EVENTS[event] ?? "进展";
}
