/** Opinions clerks write every day, by stage and outcome; they stay free to change every word. */
import type { TaskKind } from "@shared/vocabulary";
import type { Outcome } from "../api/types";

const TEMPLATES: Record<TaskKind, Record<Outcome, string[]>> = {
  acceptance: {
    approve: ["材料齐全，符合法定形式，予以受理。", "材料经容缺受理，请在承诺期限内补齐，予以受理。"],
    reject: [
      "申请事项依法不需要取得许可，不予受理。",
      "申请事项不属于本机关职权范围，请向有关机关申请，不予受理。",
      "申请人不符合本事项的申请条件，不予受理。",
    ],
    correct: ["请在期限内一次补齐，补齐后继续办理。"],
  },
  review: {
    approve: ["经审查，材料真实有效，符合条件，同意。", "经现场核查，符合要求，同意。"],
    reject: ["经审查，不符合规定的条件，不同意。", "经现场核查，现场情况与申请材料不一致，不同意。"],
    correct: ["经审查，以下内容需要补充或更正。"],
  },
  decision: {
    approve: ["经审查，符合法定条件、标准，准予办理。", "各部门审查均已通过，准予办理。"],
    reject: ["经审查，不符合法定条件、标准，不予许可。", "申请材料与事实不符，不予许可。"],
    correct: ["作出决定前，以下内容需要补充或更正。"],
  },
  pickup: {
    approve: ["已核对本人身份证件，结果已交付。", "已核对代领人身份证件和委托书，结果已交付。"],
    reject: [],
    correct: [],
  },
};

export function templatesFor(kind: TaskKind, outcome: Outcome): string[] {
  return TEMPLATES[kind]?.[outcome] ?? [];
}
