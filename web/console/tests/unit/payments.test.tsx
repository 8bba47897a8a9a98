// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Choice, StaffCase, Task } from "../../src/api/types";
import { CashierDialog } from "../../src/payments/CashierDialog";
import CasePart from "../../src/payments/CasePart";

const api = vi.hoisted(() => ({ POST: vi.fn() }));
vi.mock("../../src/api/client", () => ({ api, ok: async (call: Promise<{ data: unknown }>) => (await call).data }));
vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
vi.stubGlobal("ResizeObserver", class { observe() {} unobserve() {} disconnect() {} });

const LESS = { code: "registration", reason: "小微企业免收", basis: "2559号", proof: "p", proof_name: "营业执照", amount_fen: 8000 };
const FEE = { total_fen: 8000, lines: [{ code: "registration", name: "登记费", basis: "2559号", amount_fen: 8000, how: "住宅80.00元" }], reductions: [], unproved: [LESS], decided: false };
const TASK = { task_id: "660092712114.cashier.gzj.1", case_no: "660092712114", service_name: "二手房过户", applicant: "陈*", kind: "cashier", amount_fen: 8000, choices: [] } as unknown as Task;
const TAKES = { outcome: "approve", name: "收款", opinion: false, takes: true } as Choice;
let undo = () => {};

async function shown(page: ReactNode): Promise<HTMLElement> {
  const place = document.body.appendChild(document.createElement("div"));
  const root = createRoot(place);
  undo = () => act(() => root.unmount());
  await act(async () => root.render(<QueryClientProvider client={new QueryClient()}>{page}</QueryClientProvider>));
  return place;
}

afterEach(() => {
  undo();
  document.body.innerHTML = "";
});

describe("the fee beside a case", () => {
  it("says how it is counted, by which law, and which proof of an exemption is missing", async () => {
    const page = await shown(<CasePart file={{ fee: FEE, payment: null } as unknown as StaffCase} />);
    for (const words of ["登记费", "80元", "2559号", "还没有交营业执照", "准予时确定"]) expect(page.textContent).toContain(words);
  });
  it("says until when, and how it was paid", async () => {
    const fee = { ...FEE, unproved: [], decided: true };
    const page = await shown(<CasePart file={{ fee, payment: { state: "unpaid", amount_fen: 8000, until: "2026-10-22" } } as unknown as StaffCase} />);
    expect(page.textContent).toContain("2026年10月22日24时，逾期办件终止");
    const paid = { state: "paid", amount_fen: 8000, until: "2026-10-22", way: "card", receipt_no: "0012345", paid_at: "2026-10-01T10:00:00+08:00" };
    const after = await shown(<CasePart file={{ fee, payment: paid } as unknown as StaffCase} />);
    expect(after.textContent).toContain("刷卡，票据号0012345");
    expect(after.textContent).not.toContain("24时");
  });
  it("is not there where there is none", async () => expect((await shown(<CasePart file={{ fee: null, payment: null } as unknown as StaffCase} />)).textContent).toBe(""));
});

describe("taking money at the counter", () => {
  const send = () => act(async () => void [...document.querySelectorAll<HTMLButtonElement>(".ant-modal-footer button")].at(-1)!.click());
  const typed = (text: string) =>
    act(async () => {
      const input = document.querySelector<HTMLInputElement>("input[aria-label=票据号]")!;
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!.call(input, text);
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
  it("asks how, and against which receipt, and sends both once", async () => {
    api.POST.mockResolvedValue({ data: {} });
    const done = vi.fn();
    await shown(<CashierDialog task={TASK} file={{ fee: { ...FEE, unproved: [] } } as unknown as StaffCase} choice={TAKES} onDone={done} onClose={() => {}} />);
    expect(document.body.textContent).toContain("80元");
    await send();
    expect(document.body.textContent).toContain("请选择现金或者刷卡");
    await act(async () => document.querySelector<HTMLInputElement>("input[type=radio][value=cash]")!.click());
    await typed("一二三");
    await send();
    expect(document.body.textContent).toContain("请填写开给缴费人的票据号");
    expect(api.POST).not.toHaveBeenCalled();
    await typed(" 0012345 ");
    await send();
    expect(api.POST.mock.calls).toEqual([["/v1/tasks/{task_id}/decision", { params: { path: { task_id: TASK.task_id } }, body: { outcome: "approve", pay_way: "cash", receipt_no: "0012345" } }]]);
    expect(done).toHaveBeenCalledWith("已收款80元");
  });
});
