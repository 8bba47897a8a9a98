/** What a clerk reads of a due date. */
import { daysBetween, type Lamp } from "@shared/days";

export const LAMP_NAMES: Record<Lamp, string> = { normal: "正常", near: "临期", overdue: "超期" };

/** What stands beside the lamp: 今天到期, 还有 3 天, 超期 2 天. */
export function dueText(due: string | null | undefined, day: string): string {
  if (!due) return "没有期限";
  const left = daysBetween(day, due);
  if (left < 0) return `超期 ${-left} 天`;
  if (left === 0) return "今天到期";
  if (left === 1) return "明天到期";
  return `还有 ${left} 天`;
}
