/** What an office may do to a case besides its tasks: the key of each act, what it asks for (docs/api/approvals.yaml), what is said when it is done. */
import { AWAITED, today } from "@shared/days";
import { type Field, type FieldSchema, type Values, fieldsOf } from "@shared/form";
import { OFFICE_ACT_NAMES, type OfficeAct, PERIODS, PROCEDURE_NAMES } from "@shared/vocabulary";
import type { PublicStatus, StaffCase } from "../api/types";

/** 特别程序 is begun and ended by the same key: never are both open. */
export const KEYS: Record<OfficeAct, string> = { suspend: "s", resume: "s", extend: "y", recall: "u", examine: "e", transfer: "f", revise: "g", refund: "-", void: "d" };

/** Acts whose fields are here; what may be revised (更正) are those of the service's form (`proposals/RevisingDialog`). */
export type Plain = Exclude<OfficeAct, "revise">;

const words = (title: string, help: string, maxLength = 200): FieldSchema => ({ title, minLength: 2, maxLength, "x-help": help });
const all = (properties: Record<string, FieldSchema>): Field[] => fieldsOf({ properties, required: Object.keys(properties) });

const FIELDS: Record<Exclude<Plain, "extend">, Field[]> = {
  suspend: fieldsOf({
    required: ["kind", "reason", "until", "held_on", "place"],
    properties: {
      kind: { title: "种类", enum: Object.keys(PROCEDURE_NAMES), "x-labels": PROCEDURE_NAMES },
      reason: words("原因", "会告知申请人"),
      until: { title: "结束日期", format: "date", "x-help": "到当天为止不计入办理期限；提前结束的，从结束时起接着计算" },
      asked_on: { title: "提出听证要求的日期", format: "date", "x-help": "申请人、利害关系人要求听证的填写；本部门自己决定听证的不填" },
      held_on: { title: "听证日期", format: "date", "x-help": `提前${PERIODS.HEARING_NOTICE_WORKDAYS}告知，在提出要求后${PERIODS.HEARING_WORKDAYS}内举行` },
      place: { title: "听证的时间和地点", minLength: 2, maxLength: 100, "x-help": "几点、在哪里举行，会告知申请人" },
    },
  }),
  resume: all({ result: words("结果", "会告知申请人") }),
  recall: all({ reason: words("原因", "只有办理部门看得到。已经提出的意见保留，没有提出的不再等") }),
  examine: all({
    held_on: { title: "核查日期", format: "date", "x-help": "期限照常计算" },
    colleague: { title: "一同核查的同事", minLength: 1, maxLength: 40, "x-help": "本部门另一位工作人员的账号。核查由两名以上工作人员进行" },
    finding: words("核查结论", "只有办理部门看得到；申请人看到核查的日期", 500),
  }),
  transfer: all({
    organ: words("上级机关", "会告知申请人向这个机关查询", 60),
    opinion: words("初步审查意见", "随全部申请材料一起报上级机关", 500),
  }),
  refund: fieldsOf({
    required: ["reason"],
    properties: {
      amount_fen: { title: "退款金额（元）", pattern: "^[0-9]{1,6}(\\.[0-9]{1,2})?$", maxLength: 9, "x-help": "不填就退还没有退的全部" },
      reason: words("原因", "同意退款后会告知申请人"),
    },
  }),
  void: all({ reason: words("原因", "同意作废后会告知申请人") }),
};

/** What is asked of a hearing (听证) alone. */
const OF_HEARINGS = ["asked_on", "held_on", "place"];

/** To end a hearing before its day is to call it off. */
const CALLED_OFF = all({ result: words("取消的理由", "会告知申请人听证不举行和理由") });

/** Tell whether the hearing (听证) for which a case stands is still to be held: its end is its calling off (取消听证). */
function ahead({ timeline }: Pick<StaffCase, "timeline">): boolean {
  const held = timeline.filter(({ event }) => event === "suspended").at(-1)?.data?.["held_on"];
  return typeof held === "string" && held > today();
}

/** An extension of as many days as the law gives this case (第42条); what its head may not approve alone names the paper of the government. */
function extending(days: number, { extension }: StaffCase): Field[] {
  const { most, own } = extension ?? {};
  const help = `只能延长一次${most ? `，最多${most}个工作日` : ""}${most && own && most > own ? `；超过${own}个工作日的，由本级人民政府负责人批准` : ""}`;
  return all({
    days: { title: "延长的工作日", type: "integer", minimum: 1, ...(most ? { maximum: most } : {}), "x-help": help },
    reason: words("理由", "会告知申请人"),
    ...(most && own && most > own && days > own ? { approval: words("批准文号", "本级人民政府批准延长的文号，会告知申请人", 60) } : {}),
  });
}

/** What an act is called on this case. */
export const named = (act: OfficeAct, file: StaffCase): string => (act === "resume" && ahead(file) ? "取消听证" : OFFICE_ACT_NAMES[act]);

/** What an act asks for, as far as it is filled in. */
export function fieldsFor(act: Plain, values: Values, file: StaffCase): Field[] {
  if (act === "resume" && ahead(file)) return CALLED_OFF;
  if (act === "extend") return extending(Number(values["days"]), file);
  return FIELDS[act].filter(({ name }) => values["kind"] === "hearing" || !OF_HEARINGS.includes(name));
}

/** What to mind before it is done. */
export const MIND: Partial<Record<Plain, string>> = {
  transfer: "转报后，本系统的办理到此结束，由上级机关审查决定，不能收回。请同时把全部申请材料报送上级机关。",
  refund: "提出后由本部门另一位监督人员复核，同意后按原支付方式退回，在窗口缴的由本部门退给缴费人，不能收回；申请人会收到通知。",
  void: "提出后由本部门另一位监督人员复核，同意后才生效，生效后不能恢复：在办的环节全部结束，发出的证照注销，没缴的费不再缴，已缴的费退回，已寄出的快件不追回；申请人会收到作废通知书。",
};

/** The field of each act that is written in words. */
export const WORDS: Record<Plain, string> = { suspend: "reason", resume: "result", extend: "reason", recall: "reason", examine: "finding", transfer: "opinion", refund: "reason", void: "reason" };

/** What is written there every day; clerks stay free to change every word. */
const TEMPLATES: Record<Plain, string[]> = {
  transfer: ["经初步审查，材料齐全、符合条件，建议准予"],
  refund: ["多收费用，退还多收的部分", "申请人不应缴费"],
  void: ["重复受理同一申请，保留另一件", "窗口录入错误，已为申请人重新受理"],
  suspend: ["申请事项涉及申请人与他人之间重大利益关系，依法应当听证", "技术方案复杂，需要专家论证", "需要检验、检测、鉴定，取得结论后作出决定", "依法应当公示，听取利害关系人意见"],
  resume: ["已经取得合格的结论", "公示期满，没有收到异议", "听证已经结束，听证笔录已经附卷"],
  recall: ["意见已经电话核实", "办理期限将到，根据已有意见作出决定"],
  examine: ["现场情况与申请材料一致", "现场情况与申请材料不一致："],
  extend: ["情况复杂，有关事实需要进一步核实", "需要与有关部门会商，尚未取得一致意见"],
};

/** Words to choose from: those of the service first. */
export function templatesFor(act: Plain, file: StaffCase): string[] {
  if (act === "resume" && ahead(file)) return ["要求听证的人撤回了听证要求"];
  return [...(file.opinions?.[act] ?? []), ...TEMPLATES[act]].slice(0, 9);
}

const by = ({ promised_by, clock }: PublicStatus) => `承诺办结日为${promised_by}${clock.provisional ? AWAITED : ""}`;

export const SAID: Record<OfficeAct, (now: PublicStatus) => string> = {
  suspend: () => "已进入特别程序，办理期限暂停计算",
  resume: (now) => `特别程序已结束，${by(now)}`,
  extend: (now) => `已延长期限，${by(now)}`,
  recall: () => "不再等其他部门，办件已经回到本部门的待办",
  examine: () => "核查结论已记入办理过程",
  transfer: () => "已转报，并告知申请人",
  revise: () => "已提出更正，等另一位监督人员复核",
  refund: () => "已提出退款，等另一位监督人员复核",
  void: () => "已提出作废，等另一位监督人员复核",
};
