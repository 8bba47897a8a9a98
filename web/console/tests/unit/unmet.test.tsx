// @vitest-environment jsdom
import { act } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Choice, Service, StaffCase, Task } from "../../src/api/types";
import { OpinionDialog } from "../../src/decision/OpinionDialog";
import { dialog, drawn, press, until } from "./screen";

const api = vi.hoisted(() => ({ GET: vi.fn(), POST: vi.fn(), use: vi.fn() }));
vi.mock("../../src/api/client", () => ({ api, ok: async (call: Promise<{ data: unknown }>) => (await call).data }));

const SERVICE = { conditions: ["年满十八周岁", "所占路段不是主干道", "不影响通行"] } as unknown as Service;
const TASK = { task_id: "660092712114.decide.cgw.1", case_no: "660092712114", service_name: "占道经营", stage: "decide", kind: "decision", applicant: "王*" } as unknown as Task;
const REFUSING: Choice = { outcome: "reject", name: "不予许可", opinion: true, paper: true, refuses: true };
const OTHER = "其他（写在理由里）";

beforeEach(() => {
  sessionStorage.clear();
  api.POST.mockReset();
  api.POST.mockResolvedValue({ data: {} });
});

async function open(choice: Choice = REFUSING, task = TASK, service: Service | null = SERVICE): Promise<void> {
  const file = { opinions: { [`${task.stage}.reject`]: ["影响通行"] } } as unknown as StaffCase;
  await drawn(task.case_no, <><h1 id="case-title" tabIndex={-1} ref={(it) => it?.focus()} /><OpinionDialog task={task} file={file} choice={choice} service={service ?? undefined} onDone={() => {}} onClose={() => {}} /></>);
  await until(() => expect(dialog()).not.toBeNull());
  await press("1", { altKey: true, code: "Digit1" });
}

const labels = () => [...dialog()!.querySelectorAll("label")];
const boxes = () => labels().filter((each) => each.querySelector("[type=checkbox]"));
const choose = (label: string) => act(async () => labels().find((each) => each.textContent === label)!.click());
const send = () => press("Enter", { ctrlKey: true });
const sent = () => api.POST.mock.calls.map(([, { body }]) => body);

describe("《行政许可法》第38条: which condition failed", () => {
  it("is ticked, from the conditions of the service, and sent in their order", async () => {
    await open();
    expect(boxes().map((each) => each.textContent)).toEqual([...SERVICE.conditions, OTHER]);
    expect(boxes().every((each) => each.querySelector("input")!.tabIndex >= 0)).toBe(true); // Tab reaches each of them
    await send();
    expect(dialog()?.textContent).toContain("请勾选不符合哪些条件");
    expect(sent()).toEqual([]);
    await choose("不影响通行");
    await choose("年满十八周岁");
    await send();
    await until(() => expect(sent()).toEqual([{ outcome: "reject", opinion: "影响通行", unmet: ["年满十八周岁", "不影响通行"] }]));
  });

  it("is none of them where the reason says what else it is", async () => {
    await open();
    await choose(OTHER);
    await send();
    await until(() => expect(sent()).toEqual([{ outcome: "reject", opinion: "影响通行" }]));
  });

  it("is asked at acceptance only where that is the ground", async () => {
    await open({ ...REFUSING, name: "不予受理" }, { ...TASK, kind: "acceptance", stage: "accept" } as Task);
    await choose("年满十八周岁");
    await act(async () => dialog()!.querySelector<HTMLInputElement>("[value=not_required]")!.click());
    expect(boxes()).toEqual([]);
    await send();
    await until(() => expect(sent()).toEqual([{ outcome: "reject", opinion: "影响通行", ground: "not_required" }]));
  });

  it.each([
    ["nothing is refused", { outcome: "reject", name: "不通过", opinion: true } as Choice, SERVICE],
    ["the service is not there yet", REFUSING, null],
  ])("is not asked where %s", async (_, choice, service) => {
    await open(choice, TASK, service);
    expect(boxes()).toEqual([]);
    await send();
    await until(() => expect(sent()).toEqual([{ outcome: "reject", opinion: "影响通行" }]));
  });

  it("stays ticked where the clerk goes back to look", async () => {
    await open();
    await choose("不影响通行");
    document.body.innerHTML = "";
    await open();
    expect(boxes().map((each) => each.querySelector("input")!.checked)).toEqual([false, false, true, false]);
  });
});
