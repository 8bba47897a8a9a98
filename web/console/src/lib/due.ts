/** What a clerk reads of a due date. */
import { daysBetween, workdaysBetween } from "@shared/days";
import { LAMP_NAMES } from "@shared/vocabulary";

/** What stands beside the lamp: 今天到期, 还有 n 个工作日, 超期 n 天. */
export function dueText(due: string | null | undefined, day: string): string {
  if (!due) return "没有期限";
  const left = daysBetween(day, due);
  if (left < 0) return `${LAMP_NAMES.overdue} ${-left} 天`;
  if (left === 0) return "今天到期";
  if (left === 1) return "明天到期";
  return `还有 ${workdaysBetween(day, due)} 个工作日`;
}
