import { expect, it } from "vitest";
import { dueText } from "../../src/lib/due";

it.each([
  ["2026-02-27", "超期 1 天"],
  ["2026-02-28", "今天到期"],
  ["2026-03-01", "明天到期"],
  ["2026-03-02", "还有 1 个工作日"],
  ["2026-02-28#2026-02-20T09:00:00+08:00#660092712114", "今天到期"],
  [null, "没有期限"],
] as const)("due %s on 2026-02-28 → %s", (due, text) => expect(dueText(due, "2026-02-28")).toBe(text));
