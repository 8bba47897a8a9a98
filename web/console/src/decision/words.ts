/** What the desk says around a decision: what to mind, what is asked for in words, and opinions clerks write every day. */
import type { Outcome, Taker, TaskKind } from "@shared/vocabulary";
import type { StaffCase, Task } from "../api/types";
import { own } from "../lib/kinds";

/** What a decision is about: its task, and the choices of it that I have. */
type Work = Pick<Task, "kind"> & Partial<Pick<Task, "choices">>;

/** What it says of the case: opinions of its service, and what was never handed in. */
type Said = Partial<Pick<StaffCase, "opinions" | "missing_materials">>;

/** What to mind before a task is done. */
const NOTES: Partial<Record<TaskKind, string>> = {
  pickup: "请当面核对领取人的身份证件，打印送达回证请其签收，再确认已交付。",
  handover: "请核对收件人和运单号，把结果交给快递员后再确认。",
  refund: "请先在收款渠道退款，再填写退款单号。申请人会收到通知。",
  cashier: "收到钱、开好票据再确认。",
  rectification: "请写明怎样整改的，评价人会收到这段话。",
  voiding: "同意后不能恢复：在办的环节全部结束，发出的证照注销，没缴的费不再缴，已缴的费退回，已寄出的快件不追回；申请人会收到作废通知书，看到原因。",
  revising: "请先点“查看完整信息”，逐项核对更正前后的内容。同意后改正登记，持证人有变的证照同时换发；申请人会收到更正通知书，看到原因。",
};

export function noteOf(task: Work): string | undefined {
  return own(task) ? "收回后不再复核，办件和登记都不变。" : NOTES[task.kind];
}

/** What a yes passes over: materials that were never handed in. */
export function lackingNote({ kind }: Work, outcome: Outcome, { missing_materials: lacking = [] }: Said): string {
  const asks = outcome === "approve" && (kind === "acceptance" || kind === "decision");
  return asks && lacking.length ? `还有${lacking.length}份材料没有交：${lacking.map(({ name }) => name).join("、")}` : "";
}

/** Decisions that cannot be undone, or go against who applied. */
export function drastic(kind: TaskKind, outcome: Outcome): boolean {
  return kind === "voiding" ? outcome === "approve" : kind !== "revising" && outcome === "reject";
}

/** Who reads the words of a no. */
export function readBy(task: Work): string {
  const { kind } = task;
  if (own(task)) return "，同事会看到它";
  return kind === "review" || kind === "countersign" ? "" : kind === "voiding" || kind === "revising" ? "，提出的人会看到它" : "，申请人会看到它";
}

/** What the words with a decision are called. */
export function wordsAsked(kind: TaskKind, outcome: Outcome): string {
  if (outcome === "reject") return "理由";
  if (outcome === "return" || outcome === "countersign") return "要对方部门看什么";
  return kind === "refund" ? "退款单号" : kind === "rectification" ? "整改情况" : "意见";
}

/** What is usually asked of other departments. */
const ASKING: Partial<Record<Outcome, string[]>> = {
  return: ["请结合以下情况重新审查并提出意见：", "审查意见与现场情况、材料不一致，请重新核查。"],
  countersign: ["请从本部门职责出发提出意见。", "请核对申请人在本部门的登记情况。"],
};

/** Opinions by kind and outcome; clerks stay free to change every word. */
const TEMPLATES: Record<TaskKind, Partial<Record<Outcome, string[]>>> = {
  acceptance: {
    approve: ["材料齐全，符合法定形式，予以受理。", "主要材料齐全，容缺受理，其余材料在作出决定前补齐。"],
    reject: [
      "申请人不符合本事项的申请条件。",
      "所申请的内容不在本事项的办理范围。",
      "同一事项已经办理，不需要重复申请。",
    ],
    correct: ["请在期限内一次补齐，补齐后继续办理。"],
  },
  review: {
    approve: ["经审查，材料真实有效，符合条件，同意。", "经现场核查，符合要求，同意。"],
    reject: ["经审查，不符合规定的条件，不同意。", "经现场核查，现场情况与申请材料不一致，不同意。"],
    correct: ["经审查，以下内容需要补充或更正。"],
    ...ASKING,
  },
  decision: {
    approve: ["经审查，符合法定条件、标准，准予办理。", "各部门审查均已通过，准予办理。"],
    reject: ["经审查，不符合法定条件、标准。", "申请材料与事实不符。"],
    correct: ["作出决定前，以下内容需要补充或更正。"],
    ...ASKING,
  },
  countersign: {
    approve: ["从本部门职责看，同意。", "经核对本部门登记情况，没有不同意见。"],
    reject: ["从本部门职责看，不同意。", "与本部门登记情况不一致，不同意。"],
  },
  pickup: {
    approve: ["已核对领取人身份证件，结果已交付。", "已核对领取人身份证件和委托书，结果已交付。"],
  },
  handover: { approve: ["已核对收件人和运单号，结果已交快递员。"] },
  refund: {},
  cashier: {},
  voiding: { approve: ["已核对登记和材料，情况属实，同意作废。"], reject: ["已核对登记和材料，办理没有错误，不同意作废。"] },
  revising: { approve: ["已与材料逐项核对，同意更正。"], reject: ["已与材料核对，原登记无误，不同意更正。", "更正后的内容与材料不一致，请核对后重新提出。"] },
  rectification: {
    approve: ["已联系评价人说明情况，并改正了反映的问题。", "经核实，已补办遗漏的环节，并提醒了经办人员。", "多次联系评价人没有接通，已按反映的问题改正。"],
  },
};

/** Why one takes back what one proposed. */
const TAKEN_BACK = ["经再次核对，原来的登记和办理没有错误，收回。", "提出的内容写错了，收回后重新提出。"];

/** The opinion that stands where a result is handed to `taker`, until it is changed: who comes for another shows a warrant (委托书). */
export function signedWords(taker: Taker | null, templates: string[]): string {
  return (taker === "other" && templates.find((text) => text.includes("委托书"))) || (templates[0] ?? "");
}

const KEYS = 9; // Alt+1 … Alt+9

/** Opinions to choose from: those of the service first, for this stage and outcome; while materials lack, what accepts without them (容缺). */
export function templatesFor(task: Work & Pick<Task, "stage">, outcome: Outcome, file: Said = {}): string[] {
  if (own(task)) return TAKEN_BACK;
  const texts = [...new Set([...(file.opinions?.[`${task.stage}.${outcome}`] ?? []), ...(TEMPLATES[task.kind][outcome] ?? [])])];
  const suits = (text: string) => lackingNote(task, outcome, file) !== "" && text.includes("容缺");
  return [...texts.filter(suits), ...texts.filter((text) => !suits(text))].slice(0, KEYS);
}
