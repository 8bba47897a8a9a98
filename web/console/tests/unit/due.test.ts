import { describe, expect, it } from "vitest";
import { daysBetween, dueText, lampOf, running, today } from "../../src/lib/due";

describe("lamp", () => {
  it.each([
    ["2026-02-27", "overdue", "超期 1 天"],
    ["2026-02-28", "near", "今天到期"],
    ["2026-03-01", "near", "明天到期"],
    ["2026-03-02", "normal", "还有 2 天"],
    ["2026-02-28#2026-02-20T09:00:00+08:00#660092712114", "near", "今天到期"],
    [null, "normal", "没有期限"],
  ] as const)("due %s on 2026-02-28 → %s", (due, lamp, text) => {
    expect(lampOf(due, "2026-02-28")).toBe(lamp);
    expect(dueText(due, "2026-02-28")).toBe(text);
  });

  it("counts days across months and leap days", () => {
    expect(daysBetween("2028-02-28", "2028-03-01")).toBe(2);
    expect(daysBetween("2026-12-31", "2027-01-01")).toBe(1);
  });

  it("knows Shanghai's day, not this computer's", () => {
    expect(today(new Date("2026-02-27T15:59:59Z"))).toBe("2026-02-27");
    expect(today(new Date("2026-02-27T16:00:00Z"))).toBe("2026-02-28");
  });

  it("lets a promise run only while undecided", () => {
    expect(running("in_review")).toBe(true);
    expect(running("correction")).toBe(true);
    expect(running("granted")).toBe(false);
    expect(running("delivered")).toBe(false);
  });
});
