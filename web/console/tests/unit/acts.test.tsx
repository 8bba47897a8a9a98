// @vitest-environment jsdom
import { type ReactNode, act } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { KEYS as ACT_KEYS } from "../../src/acts/forms";
import { ApiProblem } from "../../src/api/problem";
import type { Task } from "../../src/api/types";
import { CasePage } from "../../src/case/CasePage";
import { TaskWork } from "../../src/desk/TaskWork";
import { KEYS as TASK_KEYS } from "../../src/desk/may";
import { clerk } from "../../src/session/session";
import { dialog, drawn, press, until } from "./screen";

const api = vi.hoisted(() => ({ GET: vi.fn(), POST: vi.fn(), use: vi.fn() }));
vi.mock("../../src/api/client", () => ({ api, ok: async (call: Promise<{ data: unknown }>) => (await call).data }));

const NUMBER = "660092712114";
const CLOCK = { days: 5, accepted: true, provisional: false, statutory_by: null, paused_since: null, taken: [] };
const FILE = {
  case_no: NUMBER, status: "in_review", status_name: "审查中", service: "permit", service_name: "开餐饮店", version: "v000001", channel: "web", applicant: "王*", received_at: "", promised_by: "2026-11-20",
  clock: CLOCK, form: {}, materials: [], missing_materials: [], missing: [], timeline: [], branches: [], can: [], opinions: {}, acts: [] as string[], clear: true,
};
const TASK = { task_id: `${NUMBER}.review.scjgj.1`, case_no: NUMBER, service_name: "开餐饮店", stage: "review", stage_name: "审查", kind: "review", lamp: "normal", due: "2026-11-20", days: 5, applicant: "王*", choices: [{ outcome: "approve", name: "通过", opinion: false }] } as unknown as Task;
const SUSPENDED = { status: "suspended", status_name: "特别程序中", timeline: [{ at: "2026-11-18T09:00:00+08:00", event: "suspended", text: "依法进行专家评审", data: { due: "2026-12-21" } }], clock: { ...CLOCK, paused_since: "2026-11-18" } };
const refused = (code: string, detail: string, path?: string) =>
  new ApiProblem({ type: "", title: "", status: path ? 400 : 409, code, detail, ...(path ? { fields: [{ path, code, message: detail }] } : {}) } as never);

const sent = () => api.POST.mock.calls.map(([path, { params, body }]) => [path, params.path.case_no, body]);
const toast = () => document.querySelector(".toast")?.textContent;

beforeEach(() => {
  sessionStorage.clear();
  clerk.set({ username: "wang", name: "王", token: "t", expires: Infinity, roles: ["approver"], department: "scjgj" });
  api.POST.mockReset();
});

async function open(file: object, page: ReactNode = <CasePage />): Promise<HTMLElement> {
  api.GET.mockReset().mockImplementation((path: string) => Promise.resolve({ data: path.startsWith("/v1/services") ? { code: "permit", form: {}, stages: [], situations: [], materials: [] } : { ...FILE, ...file } }));
  return drawn(NUMBER, page);
}

async function begin(key: string): Promise<void> {
  await press(key, { code: `Key${key.toUpperCase()}` });
  await until(() => expect(dialog()?.contains(document.activeElement)).toBe(true));
}

async function type(label: string, text: string): Promise<void> {
  const field = [...dialog()!.querySelectorAll("label")].find((each) => each.textContent?.startsWith(label))!.control as HTMLInputElement;
  await act(async () => {
    field.focus();
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")!.set!.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

describe("the acts on a case", () => {
  it("are there for whom the API says they are open, and for nobody else", async () => {
    const page = await open({});
    for (const key of ["s", "y"]) await press(key, { code: `Key${key.toUpperCase()}` });
    expect(dialog()).toBeNull();
    expect(page.querySelector(".case-actions")?.textContent).toBe("返回 Esc");
  });

  it("stand where a clerk works on the task, whose decisions rest while a special procedure takes place", async () => {
    const work = <TaskWork taskId={TASK.task_id} task={TASK} settled={false} onDone={() => {}} onClose={() => {}} />;
    const page = await open({ ...SUSPENDED, acts: ["resume"] }, work);
    expect(page.querySelector(".case-actions")?.textContent).toContain("特别程序期间不能办理");
    const buttons = [...page.querySelectorAll<HTMLButtonElement>(".case-actions button")].map((each) => [each.textContent, each.disabled]);
    expect(buttons).toEqual(expect.arrayContaining([["结束特别程序 S", false], ["通过 A", true]]));
    await press("a", { code: "KeyA" });
    expect(dialog()).toBeNull();
    expect(page.textContent).toContain("特别程序期间不计时，结束后顺延");
    expect(page.textContent).not.toContain("2026-11-20");
    expect(page.querySelector(".case-title")?.textContent).toBe("开餐饮店特别程序中，至2026-12-21");
  });
});

describe("特别程序", () => {
  it("is begun with kind, reason and last day, by the keyboard", async () => {
    api.POST.mockResolvedValue({ data: { ...FILE, ...SUSPENDED } });
    await open({ acts: ["suspend"] });
    await begin("s");
    await press("Enter", { ctrlKey: true });
    expect([...dialog()!.querySelectorAll(".field-fault")].map((each) => each.textContent)).toEqual(["种类不能为空", "原因不能为空", "结束日期不能为空"]);
    expect(api.POST).not.toHaveBeenCalled();
    await act(async () => [...dialog()!.querySelectorAll("label")].find((each) => each.textContent === "专家评审")!.click());
    await type("原因", "需要专家评审");
    await type("结束日期", "20261221");
    await press("Enter", { ctrlKey: true });
    await until(() => expect(dialog()).toBeNull());
    expect(sent()).toEqual([["/v1/staff/cases/{case_no}/suspension", NUMBER, { kind: "review", reason: "需要专家评审", until: "2026-12-21" }]]);
    expect(toast()).toBe("已进入特别程序，办理期限暂停计算");
  });

  it("says of a hearing on which day, at what hour and where it is held, and what the API minds of it stands at its field", async () => {
    await open({ acts: ["suspend"] });
    await begin("s");
    const asked = () => dialog()!.textContent!;
    expect(asked()).not.toContain("听证日期");
    await act(async () => [...dialog()!.querySelectorAll("label")].find((each) => each.textContent === "听证")!.click());
    expect(asked()).toContain("提前7个工作日告知，在提出要求后20个工作日内举行");
    await type("原因", "申请人要求听证");
    await type("结束日期", "20261221");
    await type("听证日期", "20261201");
    await type("听证的时间和地点", "上午9时，三楼听证室");
    api.POST.mockRejectedValueOnce(refused("range", "听证应当提前7个工作日告知", "held_on"));
    await press("Enter", { ctrlKey: true });
    await until(() => expect([...dialog()!.querySelectorAll("[role=alert]")].map((each) => each.textContent)).toEqual(["听证应当提前7个工作日告知"]));
    const hearing = { kind: "hearing", reason: "申请人要求听证", until: "2026-12-21", held_on: "2026-12-01", place: "上午9时，三楼听证室" };
    expect(sent()).toEqual([["/v1/staff/cases/{case_no}/suspension", NUMBER, hearing]]);
  });

  it("is ended with its result, and says the day promised now", async () => {
    api.POST.mockResolvedValue({ data: { ...FILE, promised_by: "2026-12-01" } });
    await open({ ...SUSPENDED, acts: ["resume"] });
    await begin("s");
    await type("结果", "评审通过");
    await press("Enter", { ctrlKey: true });
    await until(() => expect(dialog()).toBeNull());
    expect(sent()).toEqual([["/v1/staff/cases/{case_no}/resumption", NUMBER, { result: "评审通过" }]]);
    expect(toast()).toBe("特别程序已结束，承诺办结日为2026-12-01");
  });
});

describe("取消听证", () => {
  const heard = (held_on: string) => ({ ...SUSPENDED, acts: ["resume"], timeline: [{ ...SUSPENDED.timeline[0], data: { kind: "hearing", due: "2126-12-21", held_on, place: "上午9时，三楼听证室" } }] });

  it("is what ending a hearing before its day is called, and asks why", async () => {
    api.POST.mockResolvedValue({ data: FILE });
    const page = await open(heard("2126-12-10"));
    expect(page.querySelector(".case-actions")?.textContent).toContain("取消听证 S");
    await begin("s");
    expect(dialog()!.textContent).toContain("会告知申请人听证不举行和理由");
    expect(dialog()!.textContent).not.toContain("听证笔录已经附卷");
    await type("取消的理由", "要求听证的人撤回了听证要求");
    await press("Enter", { ctrlKey: true });
    await until(() => expect(dialog()).toBeNull());
    expect(sent()).toEqual([["/v1/staff/cases/{case_no}/resumption", NUMBER, { result: "要求听证的人撤回了听证要求" }]]);
  });
});

describe("延长期限", () => {
  it("keeps what was written through Esc and what the API minds, at its field, and says the day promised now", async () => {
    await open({ acts: ["extend"] });
    await begin("y");
    await type("延长的工作日", "15");
    await type("理由", "案情复杂");
    await press("Escape", { keyCode: 27 });
    await until(() => expect(dialog()).toBeNull());
    await begin("y");
    api.POST.mockRejectedValueOnce(refused("maximum", "最多延长10个工作日", "days"));
    await press("Enter", { ctrlKey: true });
    await until(() => expect([...dialog()!.querySelectorAll("[role=alert]")].map((each) => each.textContent)).toEqual(["最多延长10个工作日"]));
    api.POST.mockRejectedValueOnce(refused("extended_before", "办理期限只能延长一次"));
    await press("Enter", { ctrlKey: true });
    await until(() => expect(dialog()!.querySelector(".dialog-fault")?.textContent).toBe("办理期限只能延长一次"));
    api.POST.mockResolvedValue({ data: { ...FILE, promised_by: "2026-12-04", clock: { ...CLOCK, provisional: true } } });
    await type("延长的工作日", "10");
    await press("Enter", { ctrlKey: true });
    await until(() => expect(dialog()).toBeNull());
    expect(sent().at(-1)).toEqual(["/v1/staff/cases/{case_no}/extension", NUMBER, { days: 10, reason: "案情复杂" }]);
    expect(toast()).toBe("已延长期限，承诺办结日为2026-12-04（以国务院公布的放假安排为准）");
  });
});

describe("转报", () => {
  it("names the organ and the opinion, and says that it cannot be taken back", async () => {
    api.POST.mockResolvedValue({ data: { ...FILE, status: "closed" } });
    await open({ acts: ["transfer"] });
    await begin("f");
    expect(dialog()!.textContent).toContain("不能收回");
    await type("上级机关", "省住房和城乡建设厅");
    await type("初步审查意见", "符合条件，建议准予");
    await press("Enter", { ctrlKey: true });
    await until(() => expect(dialog()).toBeNull());
    expect(sent()).toEqual([["/v1/staff/cases/{case_no}/transfer", NUMBER, { organ: "省住房和城乡建设厅", opinion: "符合条件，建议准予" }]]);
    expect(toast()).toBe("已转报，并告知申请人");
  });
});

describe("the keys of acts", () => {
  it("are one an act, but for the two of 特别程序, and none of a task's", () => {
    const { resume: _, ...each } = ACT_KEYS;
    const all = [...Object.values(each), ...Object.values(TASK_KEYS), ..."bltzvmjkn"];
    expect(new Set(all).size).toBe(all.length);
  });
});
