// @vitest-environment jsdom
import { act } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { StaffCase, Task } from "../../src/api/types";
import { ApiProblem } from "../../src/api/problem";
import { OpinionDialog } from "../../src/decision/OpinionDialog";
import { lackingNote } from "../../src/decision/words";
import { dialog, drawn, press, until } from "./screen";

const api = vi.hoisted(() => ({ GET: vi.fn(), POST: vi.fn(), use: vi.fn() }));
vi.mock("../../src/api/client", () => ({ api, ok: async (call: Promise<{ data: unknown }>) => (await call).data }));

const FILE = { opinions: { "decide.reject": ["影响通行"] } } as unknown as StaffCase;
const TASK = { task_id: "660092712114.decide.cgw.1", case_no: "660092712114", service_name: "占道经营", stage: "decide", kind: "decision", applicant: "王*" } as unknown as Task;
const PAPER = { kind: "denied", title: "不予行政许可决定书", document_no: "签发时编号", paragraphs: [{ sort: "addressee", text: "王芳：" }, { sort: "paragraph", text: "理由：影响通行。" }], signed: ["市城管委", "2026年7月1日"] };
const PREVIEW = "/v1/tasks/{task_id}/decision/preview";
const DECISION = "/v1/tasks/{task_id}/decision";

beforeEach(() => {
  sessionStorage.clear();
  api.POST.mockReset();
});

const sent = () => api.POST.mock.calls.map(([path, { body }]) => [path, body]);
const sheet = () => dialog()?.querySelector(".sheet");

async function open(task: Task, outcome: "approve" | "reject", name: string, opinion: boolean, done = () => {}, paper = true, file = FILE): Promise<void> {
  await drawn(task.case_no, <><h1 id="case-title" tabIndex={-1} ref={(it) => it?.focus()} /><OpinionDialog task={task} file={file} choice={{ outcome, name, opinion, paper, signed: task.kind === "pickup" }} onDone={done} onClose={() => {}} /></>);
  await until(() => expect(dialog()).not.toBeNull());
}

describe("a paper before it is sent", () => {
  it("is asked for with the body of the decision, read, gone back from, and confirmed where it stands", async () => {
    const done = vi.fn();
    api.POST.mockImplementation((path: string) => Promise.resolve({ data: path === PREVIEW ? { documents: [PAPER] } : {} }));
    await open(TASK, "reject", "不予许可", true, done);
    await press("p", { altKey: true, code: "KeyP" });
    expect(api.POST).not.toHaveBeenCalled(); // no reason yet: nothing to read
    expect(dialog()?.textContent).toContain("请写明理由");
    await press("1", { altKey: true, code: "Digit1" });
    await press("p", { altKey: true, code: "KeyP" });
    await until(() => expect(sheet()?.textContent).toBe("不予行政许可决定书签发时编号王芳：理由：影响通行。市城管委2026年7月1日"));
    expect(dialog()?.textContent).toContain("返回修改");
    await press("2", { altKey: true, code: "Digit2" }); // what is read is what is sent
    await press("p", { altKey: true, code: "KeyP" });
    await until(() => expect(sheet()).toBeNull());
    await press("p", { altKey: true, code: "KeyP" });
    await until(() => expect(sheet()).not.toBeNull());
    await press("Enter", { ctrlKey: true });
    await until(() => expect(done).toHaveBeenCalled());
    const body = { outcome: "reject", opinion: "影响通行" };
    expect(sent()).toEqual([[PREVIEW, body], [PREVIEW, body], [DECISION, body]]);
  });

  it("says what is in its way, and that there is none", async () => {
    api.POST.mockRejectedValueOnce(new ApiProblem({ type: "", title: "", status: 409, code: "suspended", detail: "特别程序期间不能办理" } as never));
    await open(TASK, "reject", "不予许可", true);
    await press("1", { altKey: true, code: "Digit1" });
    await press("p", { altKey: true, code: "KeyP" });
    await until(() => expect(dialog()?.querySelector(".dialog-fault")?.textContent).toContain("特别程序期间不能办理"));
    api.POST.mockResolvedValueOnce({ data: { documents: [] } });
    await press("p", { altKey: true, code: "KeyP" });
    await until(() => expect(dialog()?.querySelector(".sheets")?.textContent).toBe("这一步不出具文书。"));
  });

  it("is offered where the API says that there is one", async () => {
    await open(TASK, "reject", "不予许可", true, () => {}, false);
    expect(dialog()?.textContent).not.toContain("预览文书");
  });
});

describe("materials that were never handed in", () => {
  const lacking = { missing_materials: [{ code: "lease", name: "租赁合同" }, { code: "photo", name: "证件照" }] } as unknown as StaffCase;

  it("are named where a case is accepted or granted, and what accepts without them comes first", async () => {
    await open({ ...TASK, kind: "acceptance", stage: "accept" } as Task, "approve", "受理", false, () => {}, true, lacking);
    expect(dialog()?.textContent).toContain("还有2份材料没有交：租赁合同、证件照");
    expect(dialog()?.querySelector("textarea")?.value).toContain("容缺受理");
    expect(lackingNote({ kind: "decision" }, "approve", lacking)).toContain("租赁合同");
    expect([lackingNote({ kind: "decision" }, "reject", lacking), lackingNote({ kind: "review" }, "approve", lacking), lackingNote({ kind: "acceptance" }, "approve", FILE)]).toEqual(["", "", ""]);
  });
});

describe("签收", () => {
  const pickup = { ...TASK, kind: "pickup", stage: "pickup" } as Task;
  const choose = (label: string) => act(async () => [...dialog()!.querySelectorAll("label")].find((each) => each.textContent === label)!.click());

  it("asks who signs, and the name of who is neither applicant nor agent", async () => {
    api.POST.mockResolvedValue({ data: {} });
    await open(pickup, "approve", "已交付", false);
    await press("Enter", { ctrlKey: true });
    expect(dialog()?.textContent).toContain("请选择由谁签收");
    await choose("其他受托人签收");
    expect(dialog()?.textContent).not.toContain("请选择由谁签收");
    await press("Enter", { ctrlKey: true });
    expect(dialog()?.textContent).toContain("请填写领取人姓名");
    const field = dialog()!.querySelector<HTMLInputElement>("[aria-label=领取人姓名]")!;
    await act(async () => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!.call(field, "李小四");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await press("Enter", { ctrlKey: true });
    expect(dialog()?.textContent).toContain("核对后勾选");
    await choose("已当面核对领取人的有效证件");
    await press("Enter", { ctrlKey: true });
    await until(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]).toEqual([DECISION, { outcome: "approve", opinion: "已核对领取人身份证件和委托书，结果已交付。", taker: "other", id_seen: true, taker_name: "李小四" }]);
  });

  it("keeps the opinion a clerk wrote, and goes back to the plain one for who comes himself", async () => {
    await open(pickup, "approve", "已交付", false);
    const words = () => dialog()!.querySelector("textarea")!.value;
    await choose("其他受托人签收");
    expect(words()).toContain("委托书");
    await choose("本人签收");
    expect(words()).not.toContain("委托书");
    await act(async () => {
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")!.set!.call(dialog()!.querySelector("textarea"), "已交付，另附光盘。");
      dialog()!.querySelector("textarea")!.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await choose("其他受托人签收");
    expect(words()).toBe("已交付，另附光盘。");
  });
});
