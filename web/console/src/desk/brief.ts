/** What a task is about, where that is not the whole case: money to pay back, a result to hand out, a bad rating, what departments asked. */
import { fieldsOf } from "@shared/form";
import { feeRows, untilText } from "@shared/fee";
import { yuan } from "@shared/money";
import { DELIVERY_METHOD_NAMES, LEVEL_NAMES, TASK_KIND_NAMES, type Level, type TaskKind } from "@shared/vocabulary";
import { outcomeName } from "@shared/words";
import type { Revealed, Service, StaffCase, Task } from "../api/types";
import { moment } from "../lib/format";
import { kindOf, own } from "../lib/kinds";

export type Row = [title: string, text: string];

interface About {
  task: Task;
  file: StaffCase;
  service: Service | undefined;
  /** Personal data in clear, while it is open */
  clear: Revealed | null;
}

const ABOUT: Partial<Record<TaskKind, (about: About) => Row[]>> = {
  pickup: ({ file, service, clear }) => [
    ["领取人", person(clear?.contact ?? file.contact)],
    ["登记的受托人", proxy(clear?.delivery ?? file.delivery)],
    ["结果", service?.result.name ?? ""],
  ],
  handover: ({ file, service, clear }) => [
    ["收件人", person(clear?.delivery ?? file.delivery)],
    ["收件地址", text(clear?.delivery ?? file.delivery, "address")],
    ["寄递", [file.shipment?.carrier, file.shipment?.waybill].filter(Boolean).join("　")],
    ["结果", service?.result.name ?? ""],
  ],
  making: ({ file, service }) => [["结果", service?.result.name ?? ""], ["制好以后", file.delivery ? DELIVERY_METHOD_NAMES[file.delivery.method] : ""]],
  returned: ({ task, file, clear }) => [...parcel(task, file, clear), ["申请人的选择", task.wish ? (task.wish === "courier" ? "再次寄送" : DELIVERY_METHOD_NAMES[task.wish]) : "还没有选择"]],
  tracing: ({ task, file, clear }) => parcel(task, file, clear),
  refund: ({ task, file, clear }) => [
    ["退款金额", task.amount_fen === undefined ? "" : `${yuan(task.amount_fen)}元`],
    ["原缴费", file.payment?.paid_at ? `${yuan(file.payment.amount_fen)}元　${moment(file.payment.paid_at)}` : ""],
    ["缴费人", person(clear?.contact ?? file.contact)],
    ["现在", task.reason ?? ""],
  ],
  wrong_amount: ({ task, file, clear }) => [["情况", task.reason ?? ""], ["缴费人", person(clear?.contact ?? file.contact)]],
  refunding: ({ task }) => [["退款金额", task.amount_fen === undefined ? "" : `${yuan(task.amount_fen)}元`], ...proposal(task)],
  cashier: ({ task, file }) => [
    ["应收", task.amount_fen === undefined ? "" : `${yuan(task.amount_fen)}元`],
    ...(file.fee ? feeRows(file.fee) : []),
    ["最后一日", file.payment?.until ? untilText(file.payment.until, file.payment.provisional) : ""],
  ],
  rating_contact: rated,
  rating_verification: rated,
  rectification: rated,
  rating_revisit: rated,
  rating_appeal: rated,
  rating_oversight: rated,
  rating_held: rated,
  voiding: ({ task }) => proposal(task),
  revising: ({ task, service, clear }) => [
    ...proposal(task),
    ...(clear?.proposed ?? []).map(({ name, title, was, now }): Row => [title, `${shown(was, name, service) || "没有登记"} → ${shown(now, name, service)}`]),
    ["更正前后", clear?.proposed ? "" : "已遮盖，点“查看完整信息”可看，每次查看都会记录"],
  ],
};

/** What was rated, how far it is, and who did what so far. Who rated without his name is called by nobody: no contact is shown. */
function rated({ file, clear }: About): Row[] {
  const { rating, rectification } = file;
  const levels = (given: readonly number[] = []) => given.map((level) => LEVEL_NAMES[level as Level]);
  return [
    ["事项", file.service_name],
    ["评价", levels(rating?.levels).join("，追评：")],
    ["再次评价", levels(rating?.again).join("，")],
    ["原因", rating?.reasons.join("；") ?? ""],
    ["评价原话", clear?.rating_words?.join("；追评：") ?? (rating?.written ? "已遮盖，点“查看完整信息”可看，每次查看都会记录" : "")],
    ["进展", rectification ? `${rectification.state_name}，${rectification.due}前整改或者说明${rectification.cycle > 1 ? "，第二次整改" : ""}` : ""],
    ["联系人", rectification?.named ? person(clear?.contact ?? file.contact) : rectification ? "匿名评价，不联系" : ""],
    ...(rectification?.steps ?? []).map((step): Row => [TASK_KIND_NAMES[step.kind], `${moment(step.at)}　${step.by}：${outcomeName(step.outcome, step.kind)}${step.words ? `，${step.words}` : ""}`]),
  ];
}

/** A parcel that did not arrive: whose it is, why, where it was last. */
function parcel({ reason }: Task, file: StaffCase, clear: Revealed | null): Row[] {
  const to = clear?.delivery ?? file.delivery;
  return [
    ["情况", reason ?? ""],
    ["收件人", person(to)],
    ["收件地址", text(to, "address")],
    ["寄递", [file.shipment?.carrier, file.shipment?.waybill].filter(Boolean).join("　")],
    ["最近消息", file.shipment?.tracks.at(-1)?.text ?? ""],
  ];
}

/** What a colleague proposed, who it was and why. */
function proposal(task: Task): Row[] {
  const { proposed_name, reason, fields } = task;
  const mine = own(task) ? "由本部门另一位监督人员复核；您自己提出的，可以收回" : "";
  return [["提出人", proposed_name ?? ""], ["原因", reason ?? ""], ["更正的内容", (fields ?? []).join("、")], ["复核", mine]];
}

/** A value of a form as its field calls it. */
function shown(value: unknown, name: string, service: Service | undefined): string {
  const field = fieldsOf(service?.form).find((each) => each.name === name);
  const choice = field?.choices.find((each) => each.value === value);
  return choice?.label ?? String(value ?? "");
}

function text(of: unknown, name: string): string {
  const value = (of as Record<string, unknown> | null | undefined)?.[name];
  return typeof value === "string" ? value : "";
}

function person(of: unknown): string {
  return [text(of, "name"), text(of, "phone")].filter(Boolean).join("　");
}

/** Whom the applicant registered to fetch it, with the last four of his document. */
function proxy(of: unknown): string {
  const named = (of as { proxy?: { name: string; id_last4: string } } | null | undefined)?.proxy;
  return named ? `${named.name}　证件尾号${named.id_last4}` : "";
}

/** What another department asked of mine, and what those said that mine asked: it stands where one decides. */
function asked({ task, file, service }: About): Row[] {
  const branches = file.branches ?? [];
  const mine = branches.find((each) => each.department === task.department)?.department_name;
  const said = branches.filter((each) => each.outcome && each.asked_by && each.asked_by === mine && !task.asked);
  const rows = said.map((each): Row => [`${each.department_name}的${each.stage_name}意见`, [outcomeName(each.outcome!, kindOf(each.stage, service)), each.opinion].filter(Boolean).join("：")]);
  return task.asked ? [[`${task.asked_by}${task.kind === "rating_appeal" ? "申诉" : "要看"}`, task.asked], ...rows] : rows;
}

/** The rows worth showing; of a stage of the service, whose whole case is what it is about, what departments asked and said. */
export function briefOf(about: About): Row[] {
  return [...(ABOUT[about.task.kind]?.(about) ?? []), ...asked(about)].filter(([, words]) => words);
}
