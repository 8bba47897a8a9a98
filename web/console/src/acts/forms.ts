/** What an office may do to a case besides its tasks: the key of each act, what it asks for (docs/api/approvals.yaml), what is said when it is done. */
import { AWAITED } from "@shared/days";
import { type Field, type FieldSchema, fieldsOf } from "@shared/form";
import { type OfficeAct, PERIODS, PROCEDURE_NAMES } from "@shared/vocabulary";
import type { PublicStatus } from "../api/types";

/** 特别程序 is begun and ended by the same key: never are both open. */
export const KEYS: Record<OfficeAct, string> = { suspend: "s", resume: "s", extend: "y", recall: "u" };

const words = (title: string, help: string): FieldSchema => ({ title, minLength: 2, maxLength: 200, "x-help": help });
const all = (properties: Record<string, FieldSchema>): Field[] => fieldsOf({ properties, required: Object.keys(properties) });

export const FIELDS: Record<OfficeAct, Field[]> = {
  suspend: fieldsOf({
    required: ["kind", "reason", "until"],
    properties: {
      kind: { title: "种类", enum: Object.keys(PROCEDURE_NAMES), "x-labels": PROCEDURE_NAMES },
      reason: words("原因", "会告知申请人"),
      until: { title: "结束日期", format: "date", "x-help": "到当天为止不计入办理期限；提前结束的，从结束时起接着计算" },
      held_on: { title: "听证日期", format: "date", "x-help": `听证才填：提前${PERIODS.HEARING_NOTICE_WORKDAYS}个工作日告知，在${PERIODS.HEARING_WORKDAYS}个工作日内举行` },
      place: { title: "听证的时间和地点", minLength: 2, maxLength: 100, "x-help": "听证才填：几点、在哪里举行，会告知申请人" },
    },
  }),
  resume: all({ result: words("结果", "会写进办理过程，申请人看得到") }),
  extend: all({
    days: { title: "延长的工作日", type: "integer", minimum: 1, "x-help": `只能延长一次，最多${PERIODS.EXTENSION_WORKDAYS}；几个部门一起办理的，最多${PERIODS.JOINT_EXTENSION_WORKDAYS}` },
    reason: words("理由", "会告知申请人"),
  }),
  recall: all({ reason: words("原因", "只有办理部门看得到。已经提出的意见保留，没有提出的不再等") }),
};

const by = ({ promised_by, clock }: PublicStatus) => `承诺办结日为${promised_by}${clock.provisional ? AWAITED : ""}`;

export const SAID: Record<OfficeAct, (now: PublicStatus) => string> = {
  suspend: () => "已进入特别程序，办理期限暂停计算",
  resume: (now) => `特别程序已结束，${by(now)}`,
  extend: (now) => `已延长期限，${by(now)}`,
  recall: () => "不再等其他部门，办件已经回到本部门的待办",
};
