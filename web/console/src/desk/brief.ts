/** What a task that decides nothing about the application is about: money to pay back, a result to hand out, a bad rating. */
import { fieldsOf } from "@shared/form";
import { yuan } from "@shared/money";
import { LEVEL_NAMES, type Level, type TaskKind } from "@shared/vocabulary";
import type { Revealed, Service, StaffCase, Task } from "../api/types";
import { moment } from "../lib/format";

export type Row = [title: string, text: string];

interface About {
  task: Task;
  file: StaffCase;
  service: Service | undefined;
  /** Personal data in clear, while it is open */
  clear: Revealed | null;
}

const ABOUT: Partial<Record<TaskKind, (about: About) => Row[]>> = {
  pickup: ({ file, service, clear }) => [["领取人", person(clear?.contact ?? file.contact)], ["结果", service?.result.name ?? ""]],
  handover: ({ file, service, clear }) => [
    ["收件人", person(clear?.delivery ?? file.delivery)],
    ["收件地址", text(clear?.delivery ?? file.delivery, "address")],
    ["寄递", [file.shipment?.carrier, file.shipment?.waybill].filter(Boolean).join("　")],
    ["结果", service?.result.name ?? ""],
  ],
  refund: ({ task, file, clear }) => [
    ["退款金额", task.amount_fen === undefined ? "" : `${yuan(task.amount_fen)}元`],
    ["原缴费", file.payment?.paid_at ? `${yuan(file.payment.amount_fen)}元　${moment(file.payment.paid_at)}` : ""],
    ["缴费人", person(clear?.contact ?? file.contact)],
  ],
  rectification: ({ file, clear }) => [
    ["事项", file.service_name],
    ["评价", (file.rating?.levels ?? []).map((level) => LEVEL_NAMES[level as Level]).join("，追评：")],
    ["原因", file.rating?.reasons.join("；") ?? ""],
    ["评价原话", clear?.rating_words?.join("；追评：") ?? (file.rating?.written ? "已遮盖，点“查看完整信息”可看，每次查看都会记录" : "")],
    ["联系人", person(clear?.contact ?? file.contact)],
  ],
  voiding: ({ task }) => proposal(task),
  correcting: ({ task, service, clear }) => [
    ...proposal(task),
    ...(clear?.proposed ?? []).map(({ name, title, was, now }): Row => [title, `${shown(was, name, service) || "没有登记"} → ${shown(now, name, service)}`]),
    ["更正前后", clear?.proposed ? "" : "已遮盖，点“查看完整信息”可看，每次查看都会记录"],
  ],
};

/** What a colleague proposed, who it was and why. */
function proposal({ proposed_name, reason, fields, choices }: Task): Row[] {
  const mine = choices.length ? "" : "由本部门另一位监督人员复核，自己提出的自己不能复核";
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

/** The rows worth showing; none for a stage of the service, whose whole case is what it is about. */
export function briefOf(about: About): Row[] {
  return (ABOUT[about.task.kind]?.(about) ?? []).filter(([, words]) => words);
}
