// @vitest-environment jsdom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, it, vi } from "vitest";
import type { Receipt as Received, Service } from "../../src/api/types";
import type { Draft } from "../../src/intake/draft";
import { Receipt } from "../../src/intake/Receipt";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);

it.each([
  ["510104194001010040", "短信或拨打 12345 查询进度"],
  ["51010419440101004X", "短信或拨打 12345 查询进度"],
  ["91510100MA6C12345G", "短信查询进度"],
])("sends to the telephone only who can key his number: %s", async (number, said) => {
  const service = { applicant: { type: "person", id: "number" }, department_phone: "12345" } as unknown as Service;
  const draft = { form: { number }, contact: { name: "王小明" }, agent: { on: false }, handed: [] } as unknown as Draft;
  const received = { case_no: "660092712114", received_at: "2026-07-01T09:30:00+08:00", promised_by: "2026-07-08", clock: {}, missing_materials: [] };
  const place = document.body.appendChild(document.createElement("div"));
  const root = createRoot(place);
  await act(async () => root.render(<Receipt service={service} draft={draft} receipt={received as unknown as Received} onNext={() => {}} />));
  expect(place.textContent).toContain(said);
  act(() => root.unmount());
});
