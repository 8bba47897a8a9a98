/** Due dates and their lamps, as electronic supervision shows them: 正常, 临期 (yellow: due today or tomorrow), 超期 (red). */
import type { Lamp, Status } from "../api/types";

const DAY = 86_400_000;
const SHANGHAI = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" });

/** The day in Shanghai, YYYY-MM-DD, wherever this computer believes to be. */
export function today(now: Date = new Date()): string {
  return SHANGHAI.format(now);
}

/** Days from one date to another; negative when `to` has passed. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

export function lampOf(due: string | null | undefined, day: string): Lamp {
  if (!due) return "normal";
  const left = daysBetween(day, due.slice(0, 10));
  return left < 0 ? "overdue" : left <= 1 ? "near" : "normal";
}

export const LAMPS: Record<Lamp, string> = { normal: "正常", near: "临期", overdue: "超期" };

/** What a clerk reads beside the lamp: 今天到期, 还有 3 天, 超期 2 天. */
export function dueText(due: string | null | undefined, day: string): string {
  if (!due) return "没有期限";
  const left = daysBetween(day, due.slice(0, 10));
  if (left < 0) return `超期 ${-left} 天`;
  if (left === 0) return "今天到期";
  if (left === 1) return "明天到期";
  return `还有 ${left} 天`;
}

const UNDECIDED: ReadonlySet<Status> = new Set(["submitted", "correction", "accepted", "in_review", "suspended"]);

/** Tell whether a promise still runs: only an undecided case can be late. */
export function running(status: Status): boolean {
  return UNDECIDED.has(status);
}
