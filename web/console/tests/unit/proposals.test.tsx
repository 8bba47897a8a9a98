// @vitest-environment jsdom
import { type ReactNode, act } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiProblem } from "../../src/api/problem";
import type { Revealed, Service, StaffCase, Task } from "../../src/api/types";
import { CasePage } from "../../src/case/CasePage";
import { drastic, readBy } from "../../src/decision/words";
import { TaskWork } from "../../src/desk/TaskWork";
import { briefOf } from "../../src/desk/brief";
import { arrivals } from "../../src/desk/list";
import { clerk } from "../../src/session/session";
import { dialog, drawn, press, until } from "./screen";

const api = vi.hoisted(() => ({ GET: vi.fn(), POST: vi.fn(), use: vi.fn() }));
vi.mock("../../src/api/client", () => ({ api, ok: async (call: Promise<{ data: unknown }>) => (await call).data }));

const NUMBER = "660092712114";
const FORM = {
  type: "object",
  required: ["name"],
  properties: { name: { type: "string", title: "姓名", maxLength: 30 }, household: { type: "string", title: "户籍", enum: ["local", "other"], "x-labels": { local: "本市", other: "外地" } } },
};
const SERVICE = { code: "permit", form: FORM, stages: [], situations: [], materials: [] };
const FILE = {
  case_no: NUMBER, status: "delivered", status_name: "已送达", service: "permit", service_name: "老年人优待证", version: "v000001", channel: "web", applicant: "王*芳", received_at: "", promised_by: "2026-11-20",
  clock: { days: 1, accepted: true, provisional: false, statutory_by: null, paused_since: null, taken: [] }, form: {}, materials: [], missing_materials: [], missing: [], timeline: [], branches: [], can: [], acts: [] as string[], clear: true,
};
const task = (kind: "voiding" | "revising", more: Partial<Task> = {}) =>
  ({
    task_id: `${NUMBER}.${kind}.mzj.1`, case_no: NUMBER, service_name: "老年人优待证", stage: kind, stage_name: "复核", kind, lamp: "normal", applicant: "王*芳", proposed_name: "督办一岗", reason: "窗口录入错误", status: "open",
    choices: [{ outcome: "approve", name: kind === "voiding" ? "同意作废" : "同意更正", opinion: false }, { outcome: "reject", name: "不同意", opinion: true }], ...more,
  }) as unknown as Task;

const sent = () => api.POST.mock.calls.map(([path, { params, body }]) => [path, Object.values(params.path)[0], body]);
const toast = () => document.querySelector(".toast")?.textContent;

beforeEach(() => {
  sessionStorage.clear();
  clerk.set({ username: "boss", name: "督办", token: "t", expires: Infinity, roles: ["supervisor"], department: "mzj" });
  api.POST.mockReset();
});

async function open(file: object, page: ReactNode = <CasePage />): Promise<HTMLElement> {
  api.GET.mockReset().mockImplementation((path: string) => Promise.resolve({ data: path.startsWith("/v1/services") ? SERVICE : { ...FILE, ...file } }));
  return drawn(NUMBER, page);
}

async function begin(key: string): Promise<void> {
  await press(key, { code: `Key${key.toUpperCase()}` });
  await until(() => expect(dialog()?.contains(document.activeElement)).toBe(true));
}

async function type(field: HTMLInputElement | HTMLTextAreaElement, text: string): Promise<void> {
  await act(async () => {
    field.focus();
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")!.set!.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

const labelled = (title: string) => [...dialog()!.querySelectorAll("label")].find((each) => each.textContent?.startsWith(title))!.control as HTMLInputElement;
const ticked = (title: string) => act(async () => [...dialog()!.querySelectorAll("label")].find((each) => each.textContent === title)!.click());

describe("作废", () => {
  it("says what it does before it is proposed, and that a colleague confirms it", async () => {
    api.POST.mockResolvedValue({ data: FILE });
    await open({ acts: ["revise", "void"] });
    await begin("d");
    for (const words of ["另一位监督人员复核", "不能恢复", "证照注销", "已缴的费退回", "快件不追回"]) expect(dialog()!.textContent).toContain(words);
    await type(labelled("原因"), "重复发证");
    await press("Enter", { ctrlKey: true });
    await until(() => expect(dialog()).toBeNull());
    expect(sent()).toEqual([["/v1/staff/cases/{case_no}/voiding", NUMBER, { reason: "重复发证" }]]);
    expect(toast()).toBe("已提出作废，等另一位监督人员复核");
  });

  it("is confirmed where it says what was proposed, by whom and why, in a special procedure too", async () => {
    api.POST.mockResolvedValue({ data: {} });
    const done = vi.fn();
    const work = <TaskWork taskId={task("voiding").task_id} task={task("voiding")} settled={false} onDone={done} onClose={() => {}} />;
    const page = await open({ status: "suspended" }, work);
    expect(page.querySelector(".task-brief")?.textContent).toBe("复核提出人督办一岗原因窗口录入错误");
    await begin("a");
    expect(dialog()!.textContent).toContain("不能恢复");
    await press("Enter", { ctrlKey: true });
    await until(() => expect(done).toHaveBeenCalled());
    expect(sent()[0]).toEqual(["/v1/tasks/{task_id}/decision", task("voiding").task_id, { outcome: "approve", opinion: "已核对登记和材料，情况属实，同意作废。" }]);
  });
});

describe("更正", () => {
  it("is proposed for the fields that are ticked, with what the API minds at its field", async () => {
    await open({ acts: ["revise"] });
    await begin("g");
    await press("Enter", { ctrlKey: true });
    await until(() => expect(dialog()!.textContent).toContain("请勾选要更正的内容"));
    await ticked("姓名");
    await type(dialog()!.querySelector<HTMLInputElement>("[data-path='form.name'] input")!, "王桂芬");
    await type(dialog()!.querySelector<HTMLTextAreaElement>("#opinion")!, "窗口录入时打错");
    api.POST.mockRejectedValueOnce(new ApiProblem({ type: "", title: "", status: 400, code: "invalid_input", detail: "一样", fields: [{ path: "form.name", code: "unchanged", message: "要更正的内容和现在登记的一样" }] } as never));
    await press("Enter", { ctrlKey: true });
    await until(() => expect(dialog()!.querySelector(".field-fault")?.textContent).toBe("要更正的内容和现在登记的一样"));
    api.POST.mockResolvedValue({ data: FILE });
    await press("Enter", { ctrlKey: true });
    await until(() => expect(dialog()).toBeNull());
    expect(sent().at(-1)).toEqual(["/v1/staff/cases/{case_no}/revising", NUMBER, { form: { name: "王桂芬" }, reason: "窗口录入时打错" }]);
    expect(Object.values(sessionStorage).join()).not.toContain("王桂芬");
  });

  it("shows what was and what is to be once it is read in clear, in the words of the form", () => {
    const about = { task: task("revising", { fields: ["姓名", "户籍"] }), file: FILE as unknown as StaffCase, service: SERVICE as unknown as Service };
    expect(briefOf({ ...about, clear: null })).toEqual([["提出人", "督办一岗"], ["原因", "窗口录入错误"], ["更正的内容", "姓名、户籍"], ["更正前后", "已遮盖，点“查看完整信息”可看，每次查看都会记录"]]);
    const proposed = [{ name: "name", title: "姓名", was: "王桂芳", now: "王桂芬" }, { name: "household", title: "户籍", was: null, now: "other" }];
    expect(briefOf({ ...about, clear: { proposed } as unknown as Revealed }).slice(3)).toEqual([["姓名", "王桂芳 → 王桂芬"], ["户籍", "没有登记 → 外地"]]);
  });

  it("is written anew without what the form asks an applicant", async () => {
    const form = { ...FORM, properties: { ...FORM.properties, name: { ...FORM.properties.name, "x-ask": "请问老人叫什么名字？", "x-help": "可以不填，由系统核对" } } };
    await open({ acts: ["revise"] });
    api.GET.mockImplementation((path: string) => Promise.resolve({ data: path.startsWith("/v1/services") ? { ...SERVICE, form } : { ...FILE, acts: ["revise"] } }));
    await begin("g");
    await until(() => expect(dialog()!.textContent).toContain("姓名"));
    await ticked("姓名");
    expect(dialog()!.querySelector("[data-path='form.name']")?.textContent).toBe("姓名 *");
  });

  it("is refused with words for who proposed it, and neither choice is drastic", () => {
    expect([drastic("voiding", "approve"), drastic("voiding", "reject"), drastic("revising", "approve"), drastic("revising", "reject"), drastic("decision", "reject")]).toEqual([true, false, false, false, true]);
    expect(([{ kind: "voiding" }, { kind: "decision" }, { kind: "review" }] as const).map(readBy)).toEqual(["，提出的人会看到它", "，申请人会看到它", ""]);
  });
});

describe("what I proposed myself", () => {
  const own = task("voiding", { choices: [{ outcome: "reject", name: "收回", opinion: true }] });

  it("may be taken back, with the reason, and nothing else", async () => {
    api.POST.mockResolvedValue({ data: {} });
    const done = vi.fn();
    const page = await open({}, <TaskWork taskId={own.task_id} task={own} settled={false} onDone={done} onClose={() => {}} />);
    expect([...page.querySelectorAll(".case-actions button")].map((each) => each.textContent)).toEqual(["转交 Z", "收回 R"]);
    expect(page.querySelector(".task-brief")?.textContent).toContain("您自己提出的，可以收回");
    await begin("r");
    expect(dialog()!.textContent).not.toContain("同意后");
    await press("Enter", { ctrlKey: true });
    expect(dialog()!.textContent).toContain("请写明理由，同事会看到它");
    await press("2", { altKey: true, code: "Digit2" });
    await press("Enter", { ctrlKey: true });
    await until(() => expect(done).toHaveBeenCalledWith(own.task_id, "已办理：收回"));
    expect(sent()).toEqual([["/v1/tasks/{task_id}/decision", own.task_id, { outcome: "reject", opinion: "提出的内容写错了，收回后重新提出。" }]]);
  });

  it("is no news to me", () => expect(arrivals(new Set(), [own, task("revising")], 0)).toEqual([task("revising").task_id]));
});
