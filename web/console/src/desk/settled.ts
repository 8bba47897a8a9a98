import type { StaffCase } from "../api/types";

/** Say politely why a task is no longer on my list. */
export function settledText(file: StaffCase, taskId: string): string {
  const branch = file.branches.find((each) => each.task_id === taskId);
  const words = { approve: "同意", reject: "不同意", correct: "要求补正" };
  if (branch?.outcome) return `这项任务已经办理：${words[branch.outcome]}${branch.opinion ? `，意见是“${branch.opinion}”` : ""}。您可以继续下一件。`;
  return "这项任务已不在您的待办里，可能已由同事办理，或者申请人撤回了申请。您可以继续下一件。";
}
