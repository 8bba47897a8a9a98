// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { StaffCase } from "../../src/api/types";
import CasePart from "../../src/certificates/CasePart";
import { clerk } from "../../src/session/session";

const api = vi.hoisted(() => ({ POST: vi.fn() }));
vi.mock("../../src/api/client", () => ({ api, ok: async (call: Promise<{ data: unknown }>) => (await call).data }));
vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
vi.stubGlobal("ResizeObserver", class { observe() {} unobserve() {} disconnect() {} });

const CERTIFICATE = { number: "1234567890123459", state: "valid", type: "优待证", holder: "王*芳", issuer: "成都市民政局", department: "mzj", valid_from: "2026-12-01", valid_to: null, verify_url: "https://x/verify?n=1234567890123459" };
const sits = (department: string, ...roles: ("supervisor" | "approver")[]) => clerk.set({ username: "u", name: "督办", token: "t", expires: Infinity, roles, department });
let undo = () => {};

async function shown(certificate: object | null): Promise<HTMLElement> {
  const place = document.body.appendChild(document.createElement("div"));
  const root = createRoot(place);
  undo = () => act(() => root.unmount());
  const file = { case_no: "660092712114", certificate } as StaffCase;
  await act(async () => root.render(<QueryClientProvider client={new QueryClient()}><CasePart file={file} /></QueryClientProvider>));
  return place;
}
const buttons = (page: ParentNode) => [...page.querySelectorAll("button")].map((each) => each.textContent?.replace(/\s/g, ""));

afterEach(() => {
  undo();
  document.body.innerHTML = "";
});

describe("the certificate beside a case", () => {
  it("says what it is, masked", async () => {
    sits("mzj", "approver");
    const page = await shown(CERTIFICATE);
    for (const words of ["有效", "1234 5678 9012 3459", "王*芳", "长期有效", "成都市民政局"]) expect(page.textContent).toContain(words);
    expect(buttons(page)).toEqual([]);
  });
  it("is not there where there is none", async () => expect((await shown(null)).textContent).toBe(""));
  it.each([
    ["mzj", "valid", ["换发", "注销"]],
    ["mzj", "revoked", ["换发"]],
    ["mzj", "expired", ["注销"]],
    ["gaj", "valid", []],
  ])("to a supervisor at %s, %s: %s", async (department, state, offered) => {
    sits(department, "supervisor");
    expect(buttons(await shown({ ...CERTIFICATE, state }))).toEqual(offered);
  });
  it("is revoked with a reason, not without one", async () => {
    sits("mzj", "supervisor");
    api.POST.mockResolvedValue({ data: {} });
    const page = await shown(CERTIFICATE);
    await act(async () => page.querySelectorAll("button")[1]!.click());
    const send = () => act(async () => void [...document.querySelectorAll<HTMLButtonElement>(".ant-modal-footer button")].at(-1)!.click());
    await send();
    expect(document.body.textContent).toContain("请写明理由，持证人会看到它");
    await act(async () => document.querySelector<HTMLButtonElement>(".opinion-templates button")!.click());
    api.POST.mockResolvedValueOnce({ data: { documents: [{ kind: "certificate_revoked", title: "注销通知书", document_no: "", paragraphs: [], signed: [] }] } });
    const look = [...document.querySelectorAll<HTMLButtonElement>(".ant-modal-footer button")].find((each) => each.textContent?.includes("预览"))!;
    await act(async () => look.click());
    expect(api.POST).toHaveBeenCalledExactlyOnceWith("/v1/staff/certificates/{number}/revocation/preview", { params: { path: { number: CERTIFICATE.number } }, body: { reason: "准予的决定已经依法撤销。" } });
    expect(document.body.textContent).toContain("注销通知书");
    api.POST.mockClear();
    await send();
    expect(api.POST).toHaveBeenCalledExactlyOnceWith("/v1/staff/certificates/{number}/revocation", { params: { path: { number: CERTIFICATE.number } }, body: { reason: "准予的决定已经依法撤销。" } });
  });
});
