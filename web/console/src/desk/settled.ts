import { outcomeName } from "@shared/words";
import type { Service, StaffCase } from "../api/types";
import { kindOf } from "../lib/kinds";

/** Say politely why a task is no longer on my list. */
export function settledText(file: StaffCase, taskId: string, service?: Service): string {
  const branch = file.branches?.find((each) => each.task_id === taskId);
  if (branch?.outcome) {
    const name = outcomeName(branch.outcome, kindOf(branch.stage, service));
    return `这项任务已经办理：${name}${branch.opinion ? `，意见是“${branch.opinion}”` : ""}。您可以继续下一件。`;
  }
  return "这项任务已不在您的待办里，可能已由同事办理，或者申请人撤回了申请。您可以继续下一件。";
}
