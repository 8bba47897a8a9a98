import { describe, expect, it } from "vitest";
import type { Revealed, Service, StaffCase, Task } from "../../src/api/types";
import { firstAsked, keyOf, linesOf, missingOf } from "../../src/decision/checklist";
import { templatesFor as actTemplates } from "../../src/acts/forms";
import { templatesFor } from "../../src/decision/words";
import { briefOf } from "../../src/desk/brief";
import { EVERYTHING, arrivals, countOf, matching, merged, nextAfter, servicesOf, stands, step, workName } from "../../src/desk/list";
import { inOrder, mayOf } from "../../src/desk/may";
import { settledText } from "../../src/desk/settled";

const CHOICES: Task["choices"] = [
  { outcome: "approve", name: "受理", opinion: false },
  { outcome: "reject", name: "不予受理", opinion: true },
  { outcome: "correct", name: "补正", opinion: false },
];
const task = (id: string, more: Partial<Task> = {}): Task => ({
  task_id: id, case_no: `66009271${id}`, service: "permit", service_name: "居住证申领", stage: "acceptance", stage_name: "受理",
  department: "zwzx", due: "2026-03-01", days: 5, provisional: false, status: "open", applicant: "王*", lamp: "normal", kind: "acceptance", choices: CHOICES, ...more,
});
const ids = (tasks: Task[]) => tasks.map((each) => each.task_id);

describe("work list", () => {
  it("shows what is due on one day as it came, whatever its number", () => {
    const came = (id: string, minute: string) => task(id, { opened_at: `2026-02-20T09:${minute}:00+08:00` });
    expect(ids(merged([[came("3", "01"), came("1", "02")], [came("2", "03")]], new Set()))).toEqual(["3", "1", "2"]);
  });
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

describe("what I may do with a task", () => {
  const done = (may: ReturnType<typeof mayOf>) => [may.claim && "claim", may.release && "release", may.handOver && "handover", ...may.decide.map((each) => each.outcome)].filter(Boolean);
  const held = { status: "claimed", claimed_by: "罗成" } as const;
  it.each<[string, Partial<Task>, ("clerk" | "supervisor")[], string[]]>([
    ["open, of my post", {}, ["clerk"], ["claim", "approve", "reject", "correct"]],
    ["open, mine to move as a supervisor", { choices: [] }, ["supervisor"], ["handover"]],
    ["held by me", { ...held, mine: true }, ["clerk"], ["release", "handover", "approve", "reject", "correct"]],
    ["held by a colleague", { ...held, mine: false }, ["clerk"], []],
    ["held by one who left", { ...held, mine: false, choices: [] }, ["supervisor"], ["release", "handover"]],
  ])("%s", (_, more, roles, may) => expect(done(mayOf(task("1", more), roles))).toEqual(may));

  it("has the decisions in the same order always", () => expect(inOrder(CHOICES).map((each) => each.outcome)).toEqual(["reject", "correct", "approve"]));
});

describe("a task that is no stage of the service", () => {
  const about = (kind: Task["kind"], file: object, more: Partial<Task> = {}, clear: object | null = null) =>
    briefOf({ task: task("1", { kind, ...more }), file: file as StaffCase, service: undefined, clear: clear as Revealed | null });
  it("says what it is about, and nothing that is not known", () => {
    expect(about("refund", { payment: null, contact: {} }, { amount_fen: 2050 })).toEqual([["退款金额", "20.50元"]]);
    expect(about("pickup", { contact: { name: "王*", phone: "138****1234" } })).toEqual([["领取人", "王*　138****1234"]]);
    expect(about("handover", { delivery: { address: "锦江区****" }, shipment: { carrier: "EMS", waybill: "1" } })).toEqual([["收件地址", "锦江区****"], ["寄递", "EMS　1"]]);
    expect(about("review", { contact: { name: "王*" } })).toEqual([]);
  });
  it("shows a bad rating: what was rated, how, why, and the words where they were opened", () => {
    const file = { service_name: "居住证申领", rating: { levels: [2, 5], reasons: ["多次跑路"], written: true } };
    const seen = [["事项", "居住证申领"], ["评价", "不满意，追评：非常满意"], ["原因", "多次跑路"]];
    expect(about("rectification", file)).toEqual([...seen, ["评价原话", "已遮盖，点“查看完整信息”可看，每次查看都会记录"]]);
    expect(about("rectification", file, {}, { rating_words: ["跑了三趟", "补好了"] })).toEqual([...seen, ["评价原话", "跑了三趟；追评：补好了"]]);
    expect(about("rectification", file, {}, { rating_words: null }).at(-1)![1]).toMatch("已遮盖");
  });
  it("shows how far a bad rating is and who did what, and whom to call only where he gave his name", () => {
    const steps = [{ kind: "rating_contact", at: "2026-07-02T10:00:00+08:00", by: "督办一岗", department: "城管委", outcome: "missed", words: "无人接听" }];
    const rectification = { state: "new", state_name: "新差评", level: 1, named: true, cycle: 1, opened_on: "2026-07-01", due: "2026-07-22", steps };
    const file = { service_name: "居住证申领", contact: { phone: "138****1234" }, rating: { levels: [1], reasons: [], written: false, again: [2] }, rectification };
    const seen = Object.fromEntries(about("rating_contact", file));
    expect([seen["再次评价"], seen["联系人"], seen["进展"]]).toEqual(["不满意", "138****1234", "新差评，2026-07-22前整改或者说明"]);
    expect(seen["差评联系"]).toMatch(/督办一岗：没有联系上，无人接听$/);
    const hidden = Object.fromEntries(about("rectification", { ...file, rectification: { ...rectification, named: false } }));
    expect(hidden["联系人"]).toBe("匿名评价，不联系");
    expect(about("rating_appeal", file, { asked: "不是本部门", asked_by: "城管委" }).at(-1)).toEqual(["城管委申诉", "不是本部门"]);
  });
  it("stands where the API says that its case is in a special procedure", () => {
    expect(stands(task("1", { halted: true }))).toBe(true);
    expect(stands(task("1", { halted: false }))).toBe(false);
    expect(stands(task("1", {}))).toBe(false);
  });
  it("is called by what it says of itself", () => {
    expect(workName(task("1", { kind: "refund", stage: "refund", stage_name: "退款20元" }))).toBe("退款20元");
    expect(workName(task("1", { kind: "review", stage: "joint", stage_name: "并联审查" }))).toBe("审查");
  });
});

it("counts what is loaded until the API has counted", () => {
  expect(countOf([task("1", { lamp: "near" }), task("2", { claimed_by: "罗成" })], true)).toEqual({ total: 2, claimed: 1, kinds: {}, lamps: { near: 1, normal: 1 }, more: true });
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

  it("does not say of a file that is there that it was not handed in", () => {
    const wrongs = Object.fromEntries(lines.map((line) => [keyOf(line), line.wrongs]));
    expect(wrongs["material:lease"]).toEqual(["没有提交"]);
    expect(wrongs["material:photo"]).not.toContain("没有提交");
    expect(lines.every((line) => line.wrongs.length)).toBe(true);
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
    for (const outcome of ["approve", "reject", "correct"] as const) expect(templatesFor({ kind, stage: "x" }, outcome).length).toBeGreaterThan(0);
  for (const kind of ["review", "decision"] as const)
    for (const outcome of ["return", "countersign"] as const) expect(templatesFor({ kind, stage: "x" }, outcome).length).toBeGreaterThan(0);
  for (const outcome of ["approve", "reject"] as const) expect(templatesFor({ kind: "countersign", stage: "x" }, outcome).length).toBeGreaterThan(0);
  expect(templatesFor({ kind: "pickup", stage: "pickup" }, "approve")[0]).toContain("已交付");
});

it("offers the opinions of a service first, for its stage and outcome, as many as there are keys", () => {
  const opinions = { "check.reject": ["消毒间没有独立设置，不同意。"], "check.approve": Array.from({ length: 12 }, (_, n) => `意见${n}`) };
  expect(templatesFor({ kind: "review", stage: "check" }, "reject", { opinions })[0]).toBe("消毒间没有独立设置，不同意。");
  expect(templatesFor({ kind: "review", stage: "other" }, "reject", { opinions })).not.toContain("消毒间没有独立设置，不同意。");
  expect(templatesFor({ kind: "review", stage: "check" }, "approve", { opinions })).toHaveLength(9);
  expect(actTemplates("extend", { opinions: { extend: ["涉及多条公交线路"] } } as unknown as StaffCase)[0]).toBe("涉及多条公交线路");
});

it("says politely that a colleague was faster", () => {
  const file = { branches: [{ task_id: "1", stage: "first", outcome: "approve", opinion: "材料齐全" }, { task_id: "3", stage: "refund", outcome: "approve" }] } as unknown as StaffCase;
  const service = { stages: [{ id: "first", kind: "acceptance" }] } as unknown as Service;
  expect(settledText(file, "1", service)).toContain("受理，意见是“材料齐全”");
  expect(settledText(file, "1")).toContain("通过，意见是“材料齐全”");
  expect(settledText(file, "3")).toContain("已退款");
  expect(settledText(file, "2")).toContain("已不在您的待办里");
});
