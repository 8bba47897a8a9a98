import { describe, expect, it } from "vitest";
import { faultsOf } from "@shared/validate";
import { fieldsFor, named, templatesFor } from "../../src/acts/forms";
import type { StaffCase } from "../../src/api/types";

const file = (facts: object) => ({ timeline: [], ...facts }) as unknown as StaffCase;
const heard = (held_on: string) => file({ timeline: [{ event: "suspended", data: { kind: "hearing", held_on } }] });

describe("an extension (第42条)", () => {
  const asked = (days: number, extension: object) => fieldsFor("extend", { days }, file({ extension }));

  it("is of as many days as the law gives the case, and asks for the paper of the government above what the head approves alone", () => {
    const joint = { most: 15, own: 10 };
    expect(asked(10, joint).map(({ name }) => name)).toEqual(["days", "reason"]);
    expect(asked(12, joint).map(({ name, required }) => [name, required])).toEqual([["days", true], ["reason", true], ["approval", true]]);
    expect(asked(12, joint)[0]!.help).toBe("只能延长一次，最多15个工作日；超过10个工作日的，由本级人民政府负责人批准");
    expect(faultsOf(asked(16, joint), { days: 16, reason: "案情复杂", approval: "成府批〔2026〕8号" })).toEqual({ days: "延长的工作日不能大于15" });
  });

  it("names no more days than the law gives another", () => {
    const alone = asked(11, { most: 10, own: 10 });
    expect([alone.map(({ name }) => name), alone[0]!.help]).toEqual([["days", "reason"], "只能延长一次，最多10个工作日"]);
    expect(faultsOf(alone, { days: 11, reason: "案情复杂" })).toEqual({ days: "延长的工作日不能大于10" });
  });
});

describe("the end of a hearing (第48条)", () => {
  it("is its calling off until its day", () => {
    const [ahead, come] = [heard("2126-12-10"), heard("2026-07-01")];
    expect([ahead, come, file({})].map((each) => named("resume", each))).toEqual(["取消听证", "结束特别程序", "结束特别程序"]);
    expect([ahead, come].map((each) => fieldsFor("resume", {}, each)[0]!.title)).toEqual(["取消的理由", "结果"]);
    expect(templatesFor("resume", ahead)).not.toContain("听证已经结束，听证笔录已经附卷");
  });
});
