/** What an office may do to a case besides its tasks: the key of each act, what it asks for (docs/api/approvals.yaml), what is said when it is done. */
import { AWAITED } from "@shared/days";
import { type Field, type FieldSchema, fieldsOf } from "@shared/form";
import { type OfficeAct, PERIODS, PROCEDURE_NAMES } from "@shared/vocabulary";
import type { PublicStatus } from "../api/types";

/** 特别程序 is begun and ended by the same key: never are both open. */
export const KEYS: Record<OfficeAct, string> = { suspend: "s", resume: "s", extend: "y", transfer: "u", correct: "g", void: "x" };

/** Acts whose fields are here; what may be corrected (更正) are those of the service's form (`proposals/CorrectingDialog`). */
export type Plain = Exclude<OfficeAct, "correct">;

const words = (title: string, help: string, maxLength = 200): FieldSchema => ({ title, minLength: 2, maxLength, "x-help": help });
const all = (properties: Record<string, FieldSchema>): Field[] => fieldsOf({ properties, required: Object.keys(properties) });

export const FIELDS: Record<Plain, Field[]> = {
  suspend: all({
    kind: { title: "种类", enum: Object.keys(PROCEDURE_NAMES), "x-labels": PROCEDURE_NAMES },
    reason: words("原因", "会告知申请人"),
    until: { title: "结束日期", format: "date", "x-help": "到当天为止不计入办理期限；提前结束的，从结束时起接着计算" },
  }),
  resume: all({ result: words("结果", "会写进办理过程，申请人看得到") }),
  extend: all({
    days: { title: "延长的工作日", type: "integer", minimum: 1, "x-help": `只能延长一次，最多${PERIODS.EXTENSION_WORKDAYS}；几个部门一起办理的，最多${PERIODS.JOINT_EXTENSION_WORKDAYS}` },
    reason: words("理由", "会告知申请人"),
  }),
  transfer: all({
    organ: words("上级机关", "会告知申请人向这个机关查询", 60),
    opinion: words("初步审查意见", "随全部申请材料一起报上级机关", 500),
  }),
  void: all({ reason: words("原因", "同意作废后会告知申请人") }),
};

/** What to mind before it is done. */
export const MIND: Partial<Record<Plain, string>> = {
  transfer: "转报后，本系统的办理到此结束，由上级机关审查决定，不能收回。请同时把全部申请材料报送上级机关。",
  void: "提出后由本部门另一位监督人员复核，同意后才生效，生效后不能恢复：在办的环节全部结束，发出的证照注销，没缴的费不再缴，已缴的费退回，已寄出的快件不追回；申请人会收到作废通知书。",
};

const by = ({ promised_by, clock }: PublicStatus) => `承诺办结日为${promised_by}${clock.provisional ? AWAITED : ""}`;

export const SAID: Record<OfficeAct, (now: PublicStatus) => string> = {
  suspend: () => "已进入特别程序，办理期限暂停计算",
  resume: (now) => `特别程序已结束，${by(now)}`,
  extend: (now) => `已延长期限，${by(now)}`,
  transfer: () => "已转报，并告知申请人",
  correct: () => "已提出更正，等另一位监督人员复核",
  void: () => "已提出作废，等另一位监督人员复核",
};
