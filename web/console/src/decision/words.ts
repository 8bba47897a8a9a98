/** What the desk says around a decision: what to mind, what is asked for in words, and opinions clerks write every day. */
import type { Outcome, Taker, TaskKind } from "@shared/vocabulary";
import type { StaffCase, Task } from "../api/types";
import { own, proposed } from "../lib/kinds";

/** What a decision is about: its task, and the choices of it that I have. */
type Work = Pick<Task, "kind"> & Partial<Pick<Task, "choices">>;

/** What it says of the case: opinions of its service, and what was never handed in. */
type Said = Partial<Pick<StaffCase, "opinions" | "missing_materials">>;

/** What to mind before a task is done. */
const NOTES: Partial<Record<TaskKind, string>> = {
  making: "请在结果制作完成、核对无误后再确认；确认后就安排领取或交寄。",
  pickup: "请当面核对领取人的身份证件和取件码，打印送达回证请其签收，再确认已交付。",
  handover: "请核对收件人和运单号，把结果交给快递员后再确认。确认后申请人会收到“已寄出”的通知。",
  returned: "请在收到退回的快件后再办理。申请人选择了怎样领取的，以申请人的选择为准；地址有误的，先与申请人核对。",
  tracing: "请先向快递查询。仍在寄送的，写明查询结果；确认遗失的，重新制发，不向申请人收费。",
  refund: "支付方自己退回的不用办理。重新退款的，由支付方再退一次；线下退付的，请先把钱退给缴费人，再填写退付凭证号。申请人会收到通知。",
  wrong_amount: "请先到商户平台核对这笔交易。退回的，按原支付方式退给缴费人，申请人可以另行缴费。",
  refunding: "同意后按原支付方式退回，在窗口缴的由本部门退给缴费人，不能收回；申请人会收到通知，看到原因。",
  cashier: "收到钱、开好票据再确认。",
  rating_contact: "请给评价人打电话，听他说哪里不满意。写下的只有办理差评的人看得到。",
  rating_verification: "属实的限期整改，不属实的作出说明；确属误评或者恶意评价的，可以申诉，由效能监察部门复核。",
  rectification: "请写明怎样整改的，或者为什么不能整改。评价人会收到这段话，并被邀请再评价。",
  rating_revisit: "请给评价人打电话，问问题解决没有。不要代他评价。没有解决的，再整改一次，效能监察部门会督办。",
  rating_appeal: "成立的，评价不计入统计，仍然保留，评价人会收到理由；不成立的，办理部门继续整改。",
  rating_oversight: "没有解决或者没有按期回访的差评，请督促办理部门，写明怎样督办的。评价人看得到。",
  rating_held: "同一来源当天的评价过多，暂时没有计入。不计入的，评价人会收到理由。",
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
  if (kind === "voiding" || kind === "rating_appeal") return outcome === "approve";
  const mild: TaskKind[] = ["revising", "refunding", "rating_verification", "rectification", "rating_revisit"];
  return outcome === "reject" && !mild.includes(kind);
}

/** Who reads the words of a no. */
export function readBy(task: Work): string {
  const { kind } = task;
  if (own(task)) return "，同事会看到它";
  if (kind === "rating_verification" || kind === "rating_revisit") return "";
  return kind === "review" || kind === "countersign" ? "" : proposed(kind) ? "，提出的人会看到它" : "，申请人会看到它";
}

/** What is written at the steps of a bad rating. */
const RATING_WORDS: Partial<Record<TaskKind, string>> = {
  rating_contact: "联系情况",
  rating_verification: "核实情况",
  rectification: "答复内容",
  rating_revisit: "回访情况",
  rating_appeal: "理由",
  rating_oversight: "督办情况",
  rating_held: "理由",
};

/** What the words with a decision are called. */
export function wordsAsked(kind: TaskKind, outcome: Outcome): string {
  if (kind in RATING_WORDS) return RATING_WORDS[kind] ?? "意见";
  if (outcome === "reject") return "理由";
  if (outcome === "return" || outcome === "countersign") return "要对方部门看什么";
  if (kind === "tracing" && outcome === "approve") return "查询结果";
  if (outcome === "reissue") return "原因";
  if (kind === "refund" && outcome === "approve") return "退付凭证号";
  return kind === "letter" ? "怎样送达的" : "意见";
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
  making: { approve: ["已制好，核对无误。"] },
  handover: { approve: ["已核对收件人和运单号，结果已交快递员。"] },
  letter: { approve: ["已挂号邮寄，挂号信号码：", "已当面交付并签收。", "没有邮寄地址，已电话告知并记录通话时间："] },
  returned: {
    resend: ["已与申请人核对地址，再次寄送。"],
    collect: ["已与申请人联系，改为到窗口领取。"],
    reissue: ["退回的结果已经损坏，重新制发。"],
  },
  tracing: {
    approve: ["快递答复仍在寄送，近日投递。"],
    resend: ["快件已退回窗口，再次寄送。"],
    collect: ["快件已退回窗口，改为到窗口领取。"],
    reissue: ["快递确认快件遗失，重新制发。"],
  },
  refund: {},
  wrong_amount: { reject: ["已到商户平台核对，查无此笔交易。"] },
  refunding: { approve: ["已核对缴费和退款原因，同意退款。"], reject: ["已核对，收费没有错误，不同意退款。"] },
  cashier: {},
  voiding: { approve: ["已核对登记和材料，情况属实，同意作废。"], reject: ["已核对登记和材料，办理没有错误，不同意作废。"] },
  revising: { approve: ["已与材料逐项核对，同意更正。"], reject: ["已与材料核对，原登记无误，不同意更正。", "更正后的内容与材料不一致，请核对后重新提出。"] },
  rating_contact: { approve: ["已电话联系，评价人反映："], missed: ["拨打两次，无人接听。", "号码无法接通。"] },
  rating_verification: { approve: ["经核实，反映的情况属实。"], reject: ["经核实，反映的情况与办理记录不一致："], appeal: ["评价的不是本部门办理的事项。", "内容与本办件无关。"] },
  rectification: {
    approve: ["反映的问题已经改正。", "经核实，已补办遗漏的环节，并提醒了经办人员。"],
    reject: ["反映的要求没有法律依据，依规定不能办理。", "经核实，办理时间没有超过承诺期限。"],
  },
  rating_revisit: { approve: ["已电话回访，评价人说问题已经解决。"], reject: ["已电话回访，评价人说问题没有解决："], missed: ["拨打两次，无人接听。"] },
  rating_appeal: { approve: ["经核查，评价的不是这个部门办理的事项。"], reject: ["没有证据表明是误评或者恶意评价。"] },
  rating_oversight: { approve: ["已向办理部门发出督办通知，要求限期解决。"] },
  rating_held: { approve: ["经核对，是本人的评价。"], reject: ["经核对，不是办事人自己的评价。"] },
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
