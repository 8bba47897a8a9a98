/** Times and shares as they are written in a Chinese office. */
import { wallTime } from "@shared/days";

/** 2026-03-01 09:05 */
export function moment(iso: string | null | undefined): string {
  return iso ? wallTime(iso) : "—";
}

export function percent(part: number, whole: number): string {
  return whole ? `${((part / whole) * 100).toFixed(1).replace(/\.0$/, "")}%` : "—";
}
