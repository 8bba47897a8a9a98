import { describe, expect, it } from "vitest";
import type { Service, StaffCase, Task } from "../../src/api/types";
import { firstAsked, keyOf, linesOf, missingOf } from "../../src/decision/checklist";
import { templatesFor } from "../../src/decision/templates";
import { EVERYTHING, arrivals, matching, merged, nextAfter, servicesOf, step } from "../../src/desk/list";
import { settledText } from "../../src/desk/settled";

const task = (id: string, more: Partial<Task> = {}): Task => ({
  task_id: id, case_no: `66009271${id}`, service: "permit", service_name: "居住证申领", stage: "acceptance", stage_name: "受理",
  department: "zwzx", due: "2026-03-01", status: "open", applicant: "王*", lamp: "normal", kind: "acceptance", ...more,
});
const ids = (tasks: Task[]) => tasks.map((each) => each.task_id);

describe("work list", () => {
  it("shows each task once, by due date, without what I just did", () => {
    const pages = [[task("2", { due: "2026-03-02" }), task("1")], [task("2", { due: "2026-03-02" }), task("3", { due: "2026-02-20" })]];
    expect(ids(merged(pages, new Set(["1"])))).toEqual(["3", "2"]);
  });

  it("filters by stage, service and words", () => {
    const tasks = [task("1"), task("2", { kind: "pickup", applicant: "李*" }), task("3", { service: "card", service_name: "残疾人证" })];
    expect(ids(matching(tasks, { ...EVERYTHING, kind: "pickup" }))).toEqual(["2"]);
    expect(ids(matching(tasks, { ...EVERYTHING, service: "card" }))).toEqual(["3"]);
    expect(ids(matching(tasks, { ...EVERYTHING, words: " 李 " }))).toEqual(["2"]);
    expect(ids(matching(tasks, { ...EVERYTHING, words: "6600 92713" }))).toEqual(["3"]);
    expect(servicesOf(tasks)[0]).toEqual({ code: "permit", name: "居住证申领", count: 2 });
  });

  it("goes on with the next one, at the end with the one above", () => {
    const tasks = [task("1"), task("2"), task("3")];
    expect(nextAfter(tasks, "1")?.task_id).toBe("2");
    expect(nextAfter(tasks, "3")?.task_id).toBe("2");
    expect(nextAfter(tasks, "gone")?.task_id).toBe("1");
    expect(nextAfter([task("1")], "1")).toBeUndefined();
  });

  it("never falls off its ends", () => {
    const tasks = [task("1"), task("2")];
    expect(step(tasks, undefined, 1)?.task_id).toBe("1");
    expect(step(tasks, undefined, -1)?.task_id).toBe("2");
    expect(step(tasks, "2", 1)?.task_id).toBe("2");
    expect(step(tasks, "1", -1)?.task_id).toBe("1");
    expect(step([], "1", 1)).toBeUndefined();
  });

  it("knows what is new, but not at the first look", () => {
    const began = Date.parse("2026-02-28T09:00:00+08:00");
    expect(arrivals(null, [task("1")], began)).toEqual([]);
    expect(arrivals(new Set(["1"]), [task("1"), task("2", { opened_at: "2026-02-28T09:05:00+08:00" })], began)).toEqual(["2"]);
    expect(arrivals(new Set(["1"]), [task("1"), task("2", { opened_at: "2026-02-27T16:00:00+08:00" })], began)).toEqual([]);
  });
});

describe("补正 check-list", () => {
  const service = {
    materials: [
      { code: "identity", name: "身份证", source: "government" },
      { code: "photo", name: "证件照", source: "self" },
      { code: "lease", name: "租赁合同", source: "self" },
      { code: "contract", name: "劳动合同", source: "self" },
    ],
    situations: [{ id: "reason", question: "", options: [{ value: "home", label: "", materials: ["lease"] }, { value: "work", label: "", materials: ["contract"] }] }],
    form: { properties: { name: { type: "string", title: "姓名" }, reason: { type: "string", title: "理由" } }, "x-order": ["name", "reason"] },
  } as unknown as Service;
  const file = { form: { reason: "home" }, materials: [{ code: "photo", material_id: "1" }], missing_materials: [{ code: "lease", name: "租赁合同" }] } as unknown as StaffCase;
  const lines = linesOf(service, file);

  it("offers what applies to this applicant, what is lacking first", () => {
    expect(lines.map(keyOf)).toEqual(["material:lease", "material:photo", "field:name", "field:reason"]);
  });

  it("has what is lacking ticked", () => {
    expect(missingOf(lines, firstAsked(lines))).toEqual([{ code: "lease", text: "租赁合同：没有提交" }]);
  });

  it("writes ticked lines and free lines, one item each", () => {
    const asked = { lines: { "field:name": { on: true, text: "与材料不一致" }, "material:photo": { on: false, text: "x" } }, other: "请本人到场\n\n 带户口簿 ", opinion: "" };
    expect(missingOf(lines, asked)).toEqual([{ code: "name", text: "姓名：与材料不一致" }, { text: "请本人到场" }, { text: "带户口簿" }]);
  });

  it("keeps within what the API takes", () => {
    const asked = { lines: { "field:name": { on: true, text: "长".repeat(300) } }, other: Array(60).fill("行").join("\n"), opinion: "" };
    const missing = missingOf(lines, asked);
    expect(missing).toHaveLength(30);
    expect(Math.max(...missing.map((each) => each.text.length))).toBeLessThanOrEqual(200);
  });
});

it("has a template for every decision that asks for words", () => {
  for (const kind of ["acceptance", "review", "decision"] as const)
    for (const outcome of ["approve", "reject", "correct"] as const) expect(templatesFor(kind, outcome).length).toBeGreaterThan(0);
  expect(templatesFor("pickup", "approve")[0]).toContain("已交付");
});

it("says politely that a colleague was faster", () => {
  const file = { branches: [{ task_id: "1", outcome: "approve", opinion: "材料齐全" }] } as unknown as StaffCase;
  expect(settledText(file, "1")).toContain("同意，意见是“材料齐全”");
  expect(settledText(file, "2")).toContain("已不在您的待办里");
});
