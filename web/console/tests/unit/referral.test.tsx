// @vitest-environment jsdom
import { act } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiProblem } from "../../src/api/problem";
import type { Branch, Task } from "../../src/api/types";
import { CasePage } from "../../src/case/CasePage";
import { workName } from "../../src/desk/list";
import { TaskWork } from "../../src/desk/TaskWork";
import { clerk } from "../../src/session/session";
import { dialog, drawn, press, until } from "./screen";

const api = vi.hoisted(() => ({ GET: vi.fn(), POST: vi.fn(), use: vi.fn() }));
vi.mock("../../src/api/client", () => ({ api, ok: async (call: Promise<{ data: unknown }>) => (await call).data }));

const NUMBER = "660092712114";
const CLOCK = { days: 5, accepted: true, provisional: false, statutory_by: null, paused_since: null, taken: [] };
const FILE = {
  case_no: NUMBER, status: "in_review", status_name: "审查中", service: "permit", service_name: "占道经营", version: "v000001", channel: "web", applicant: "王*", received_at: "", promised_by: "2026-11-20",
  clock: CLOCK, form: {}, materials: [], missing_materials: [], missing: [], timeline: [], branches: [] as Branch[], can: [], acts: [] as string[], clear: true,
};
const SERVICE = { code: "permit", form: {}, stages: [{ id: "decide", kind: "decision" }, { id: "check", kind: "review" }], situations: [], materials: [] };
const TO = [{ code: "gaj", name: "市公安局" }, { code: "xfj", name: "市消防局" }];
const DECIDE = {
  task_id: `${NUMBER}.decide.cgw.1`, case_no: NUMBER, service_name: "占道经营", stage: "decide", stage_name: "决定", kind: "decision", department: "cgw", lamp: "normal", applicant: "王*",
  choices: [{ outcome: "approve", name: "准予", opinion: false }, { outcome: "return", name: "退回重审", opinion: true, to: TO.slice(0, 1) }, { outcome: "countersign", name: "会签", opinion: true, to: TO }],
} as unknown as Task;
const branch = (more: Partial<Branch>): Branch => ({ stage: "decide", stage_name: "决定", department: "cgw", department_name: "市城管委", status: "decided", days: 1, provisional: false, ...more });
const done = vi.fn();

beforeEach(() => {
  sessionStorage.clear();
  done.mockReset();
  clerk.set({ username: "wang", name: "王", token: "t", expires: Infinity, roles: ["approver"], department: "cgw" });
  api.POST.mockReset();
});

async function open(task: Task, file: object = {}): Promise<HTMLElement> {
  api.GET.mockReset().mockImplementation((path: string) => Promise.resolve({ data: path.startsWith("/v1/services") ? SERVICE : { ...FILE, ...file } }));
  return drawn(NUMBER, <TaskWork taskId={task.task_id} task={task} settled={false} onDone={done} onClose={() => {}} />);
}

async function begin(key: string): Promise<void> {
  await press(key, { code: `Key${key.toUpperCase()}` });
  await until(() => expect(dialog()?.contains(document.activeElement)).toBe(true));
}

async function write(text: string): Promise<void> {
  const field = document.getElementById("opinion") as HTMLTextAreaElement;
  await act(async () => {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")!.set!.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

const boxes = () => [...dialog()!.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
const fault = () => dialog()!.querySelector(".dialog-fault")?.textContent;
const submit = () => press("Enter", { ctrlKey: true });
const sent = () => api.POST.mock.calls.map(([path, { params, body }]) => [path, params.path, body]);

describe("会签", () => {
  it("asks those of the departments the API names that are ticked, by keys, and not without saying what", async () => {
    api.POST.mockResolvedValue({ data: {} });
    await open(DECIDE);
    await begin("h");
    expect(boxes().map((each) => [each.closest("label")!.textContent, each.checked])).toEqual([["市公安局", false], ["市消防局", false]]);
    expect(document.activeElement).toBe(boxes()[0]);
    await submit();
    expect(fault()).toBe("请选择要会签的部门");
    await act(async () => boxes()[1]!.click());
    await submit();
    expect(fault()).toBe("请写明要对方部门看什么");
    await write("请看疏散通道");
    await submit();
    await until(() => expect(done).toHaveBeenCalledWith(DECIDE.task_id, "已送市消防局会签"));
    expect(sent()).toEqual([["/v1/tasks/{task_id}/decision", { task_id: DECIDE.task_id }, { outcome: "countersign", to: ["xfj"], opinion: "请看疏散通道" }]]);
  });

  it("keeps what was written where the API minds", async () => {
    api.POST.mockRejectedValueOnce(new ApiProblem({ type: "", title: "", status: 409, code: "already_decided", detail: "李娜已在09:30办理：会签" } as never));
    await open(DECIDE);
    await begin("h");
    await act(async () => boxes()[0]!.click());
    await write("请看影响");
    await submit();
    await until(() => expect(fault()).toBe("李娜已在09:30办理：会签。您写的意见已经保留，不会丢失。"));
    expect((document.getElementById("opinion") as HTMLTextAreaElement).value).toBe("请看影响");
  });

  it("says on the desk of who was asked what by whom, and the answer is an opinion", async () => {
    api.POST.mockResolvedValue({ data: {} });
    const task = { ...DECIDE, stage: "countersign", stage_name: "会签", kind: "countersign", department: "gaj", asked: "请看是否影响通行", asked_by: "市城管委", choices: [{ outcome: "approve", name: "同意", opinion: false }, { outcome: "reject", name: "不同意", opinion: true }] } as Task;
    const page = await open(task);
    expect(page.querySelector(".task-brief")?.textContent).toBe("会签市城管委要看请看是否影响通行");
    await begin("r");
    expect(dialog()!.textContent).toContain("这是本部门的意见，不会中止办理");
    await submit();
    expect(fault()).toBe("请写明理由");
  });
});

describe("退回重审", () => {
  it("has the only department ticked", async () => {
    await open(DECIDE);
    await begin("x");
    expect(boxes().map((each) => each.checked)).toEqual([true]);
  });

  it("is not there where the API names nobody", async () => {
    const page = await open({ ...DECIDE, choices: DECIDE.choices.slice(0, 1) });
    await press("x", { code: "KeyX" });
    expect(dialog()).toBeNull();
    expect(page.querySelector(".case-actions")?.textContent).not.toContain("退回重审");
  });

  it("is called so on the list of who reviews again", () => {
    expect(workName({ ...DECIDE, kind: "review", stage: "check", asked: "请到现场" })).toBe("退回重审");
    expect(workName({ ...DECIDE, kind: "review", stage: "check" })).toBe("审查");
  });
});

const ANSWERS = [
  branch({ outcome: "countersign", opinion: "请看是否影响通行" }),
  branch({ stage: "countersign", stage_name: "会签", department: "gaj", department_name: "市公安局", outcome: "reject", opinion: "早高峰不宜", asked: "请看是否影响通行", asked_by: "市城管委" }),
  branch({ stage: "check", stage_name: "核查", department: "xfj", department_name: "市消防局", outcome: "approve", opinion: null, asked: "请重新核查", asked_by: "市城管委" }),
  branch({ stage: "countersign", stage_name: "会签", department: "jgj", department_name: "市交管局", status: "cancelled", outcome: null, asked: "请看", asked_by: "市城管委" }),
];

describe("when it is back", () => {
  it("who decides has the opinions it asked for before it, on the page and where it decides", async () => {
    const page = await open({ ...DECIDE, task_id: `${NUMBER}.decide.cgw.2` }, { branches: ANSWERS });
    const said = "决定市公安局的会签意见不同意：早高峰不宜市消防局的核查意见通过";
    expect(page.querySelector(".task-brief")?.textContent).toBe(said);
    expect(page.querySelector(".branches")?.textContent).toContain("市城管委要看：请看是否影响通行");
    await begin("a");
    expect(dialog()!.querySelector(".decision-about")?.textContent).toBe(said);
  });

  it("another department's work is not headed by it", async () => {
    const page = await open({ ...DECIDE, kind: "review", stage: "check", department: "xfj", asked: "请重新核查", asked_by: "市城管委" } as Task, { branches: ANSWERS });
    expect(page.querySelector(".task-brief")?.textContent).toBe("决定市城管委要看请重新核查");
  });
});

it("who asked may wait no longer, with the reason, by a key", async () => {
  api.POST.mockResolvedValue({ data: FILE });
  api.GET.mockReset().mockImplementation((path: string) => Promise.resolve({ data: path.startsWith("/v1/services") ? SERVICE : { ...FILE, acts: ["recall"] } }));
  await drawn(NUMBER, <CasePage />);
  await begin("u");
  await submit();
  expect([...dialog()!.querySelectorAll(".field-fault")].map((each) => each.textContent)).toEqual(["原因不能为空"]);
  const field = [...dialog()!.querySelectorAll("label")].find((each) => each.textContent?.startsWith("原因"))!.control as HTMLInputElement;
  await act(async () => {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")!.set!.call(field, "对方没有答复");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await submit();
  await until(() => expect(dialog()).toBeNull());
  expect(sent()).toEqual([["/v1/staff/cases/{case_no}/recall", { case_no: NUMBER }, { reason: "对方没有答复" }]]);
  expect(document.querySelector(".toast")?.textContent).toBe("不再等其他部门，办件已经回到本部门的待办");
});
