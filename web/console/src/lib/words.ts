/** Words of the desk for codes the API speaks in; what citizens read too is in web/shared. */
import { EVENT_NAMES, type EventName, type TaskKind } from "@shared/vocabulary";
import type { Material, NoticeFate, Outcome, Payment, Service } from "../api/types";

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

export const PAYMENT: Record<Payment["state"], string> = { unpaid: "待缴费", paying: "缴费中", paid: "已缴费", closed: "已关闭" };

export const NEEDS: Record<Material["need"], string> = { required: "必要", optional: "非必要", later: "可后补" };
export const MATERIAL_FORMS: Record<Material["form"], string> = { original: "原件", copy: "复印件", electronic: "电子件" };
export const RESULT_TYPES: Record<Service["result"]["type"], string> = { certificate: "证照", approval: "批文", payment: "资金", other: "其他" };
export const AUDIENCES: Record<Service["audience"], string> = { person: "个人", corporation: "法人" };

const APPROVE: Record<TaskKind, string> = { acceptance: "受理", review: "通过", decision: "准予", pickup: "已交付" };
const REJECT: Record<TaskKind, string> = { acceptance: "不予受理", review: "不通过", decision: "不予许可", pickup: "不能领取" };

/** What a decision is called depends on the stage: 受理 is not 准予. */
export function outcomeName(outcome: Outcome, kind: TaskKind): string {
  return outcome === "approve" ? APPROVE[kind] : outcome === "reject" ? REJECT[kind] : "补正";
}

/** What an event of a timeline is called; one this desk does not know yet is 进展. */
export function eventName(event: string): string {
  return EVENT_NAMES[event as EventName] ?? "进展";
}
