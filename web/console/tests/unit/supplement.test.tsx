// @vitest-environment jsdom
import { act } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Missing } from "@shared/missing";
import { CasePage } from "../../src/case/CasePage";
import { clerk } from "../../src/session/session";
import { dialog, drawn, press, until } from "./screen";

const api = vi.hoisted(() => ({ GET: vi.fn(), POST: vi.fn(), use: vi.fn() }));
vi.mock("../../src/api/client", () => ({ api, ok: async (call: Promise<{ data: unknown }>) => (await call).data }));
vi.mock("../../src/intake/upload", () => ({ ACCEPT: "", unfit: () => undefined, upload: () => Promise.resolve("a".repeat(32)) }));

const NUMBER = "660092712114";
const item = (code: string, text: string, group: Missing["group"], department: string, due: string): Missing => ({ code, text, group, department, department_name: department, due, provisional: false });
const MISSING = [
  item("photo", "照片不清楚", "material", "公安局", "2026-12-02"),
  item("words-1", "请说明门牌号怎么变的", "words", "城管委", "2026-12-06"),
  item("address", "住址写到门牌号", "field", "城管委", "2026-12-06"),
];
const FILE = {
  case_no: NUMBER, status: "correction", status_name: "待补正", service: "permit", service_name: "居住证申领", version: "v000001", channel: "web", applicant: "王*", received_at: "", promised_by: "2026-11-20",
  clock: { days: 5, accepted: true, provisional: false, statutory_by: null, paused_since: "2026-11-18", taken: [] },
  form: { address: "成都****" }, materials: [], missing_materials: [{ code: "lease", name: "租房合同" }], missing: MISSING, timeline: [], branches: [], can: ["supplement"],
};
const SERVICE = {
  code: "permit", form: { properties: { name: { title: "姓名" }, address: { title: "住址", minLength: 5 } }, required: ["name", "address"] }, stages: [], situations: [],
  materials: [{ code: "photo", name: "近期证件照", need: "optional", source: "self", form: "copy", format: "JPG", copies: 1 }],
};
const answers = { file: FILE as object };

const sent = () => api.POST.mock.calls.map(([path, { params, body }]) => [path, params.header, body] as const);

beforeEach(async () => {
  sessionStorage.clear();
  clerk.set({ username: "wang", name: "王", token: "t", expires: Infinity, roles: ["clerk"], department: "zwzx" });
  answers.file = FILE;
  api.GET.mockReset().mockImplementation((path: string) => Promise.resolve({ data: path.startsWith("/v1/services") ? SERVICE : answers.file }));
  api.POST.mockReset();
});

async function open(): Promise<HTMLElement> {
  const place = await drawn(NUMBER, <CasePage />);
  await until(() => expect(place.textContent).toContain("住址")); // the service is there
  return place;
}

async function begin(): Promise<void> {
  await press("b", { code: "KeyB" });
  await until(() => expect(dialog()?.textContent ?? "").toContain("近期证件照"));
}

async function handIn(name: string): Promise<void> {
  const picker = dialog()!.querySelector<HTMLInputElement>(`input[type=file][aria-label="${name}"]`)!;
  Object.defineProperty(picker, "files", { value: [new File(["x"], "a.png")], configurable: true });
  await act(async () => void picker.dispatchEvent(new Event("change", { bubbles: true })));
  await until(() => expect(dialog()?.textContent).toContain("已收：a.png"));
}

async function type(label: string, text: string): Promise<void> {
  const field = [...dialog()!.querySelectorAll("label")].find((each) => each.textContent?.startsWith(label))!.control as HTMLInputElement;
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

describe("a case that waits for its applicant", () => {
  it("is read with the version it was filed under, and says no day while its clock stands", async () => {
    const page = await open();
    const asked = api.GET.mock.calls.find(([path]) => path === "/v1/services/{code}")!;
    expect(asked[1].params).toEqual({ path: { code: "permit" }, query: { version: "v000001" } });
    expect(page.textContent).toContain("补正期间不计时，补正后顺延");
    expect(page.textContent).not.toContain("2026-11-20");
    expect(page.querySelector(".case-note")?.textContent).toBe("正在等申请人补正公安局，2026-12-02 前：照片不清楚城管委，2026-12-06 前：请说明门牌号怎么变的；住址写到门牌号");
  });

  it("is handed in for only by a window that may", async () => {
    answers.file = { ...FILE, can: [] };
    const page = await open();
    expect(page.textContent).not.toContain("代交材料");
    await press("b", { code: "KeyB" });
    expect(dialog()).toBeNull();
  });
});

describe("代交材料", () => {
  it("takes what was asked for, by the keyboard, and says what is still missing", async () => {
    api.POST.mockResolvedValue({ data: { text: "已补交部分材料，还需补正：住址写到门牌号", missing: MISSING.slice(2) } });
    await open();
    await begin();
    expect([...dialog()!.querySelectorAll("input[type=file]")].map((each) => each.getAttribute("aria-label"))).toEqual(["近期证件照", "请说明门牌号怎么变的", "租房合同"]);
    expect([...dialog()!.querySelectorAll<HTMLInputElement>("input:not([type=file])")].map((each) => each.value), "empty: what was filled in is masked").toEqual(["", ""]);
    await press("Enter", { ctrlKey: true });
    expect(dialog()?.textContent).toContain("请上传带来的材料");
    expect(api.POST).not.toHaveBeenCalled();
    await handIn("请说明门牌号怎么变的");
    await type("住址", "东大街");
    await press("Enter", { ctrlKey: true });
    expect(dialog()?.textContent).toContain("住址至少5个字");
    await until(() => expect((document.activeElement as HTMLInputElement).value).toBe("东大街"));
    await type("住址", "东大街1号2单元");
    await press("Enter", { ctrlKey: true });
    await until(() => expect(dialog()).toBeNull());
    expect(sent()).toEqual([
      ["/v1/cases/{case_no}/supplement", { "Idempotency-Key": expect.stringMatching(/^.{36}$/) }, { form: { address: "东大街1号2单元" }, materials: [{ code: "words-1", material_id: "a".repeat(32) }] }],
    ]);
    expect(document.querySelector(".toast")?.textContent).toBe("已补交部分材料，还需补正：住址写到门牌号");
    expect(sessionStorage.getItem(`rongyiban.draft.supplement.${NUMBER}`)).toBeNull();
  });

  it("keeps what was taken down through Esc and a refusal", async () => {
    api.POST.mockRejectedValue(new Error("400"));
    await open();
    await begin();
    await handIn("租房合同");
    await press("Escape");
    await until(() => expect(dialog()).toBeNull());
    await until(() => expect(document.activeElement?.id).toBe("case-title"));
    await begin();
    expect(dialog()?.textContent).toContain("已收：a.png");
    for (const times of [1, 2]) {
      await press("Enter", { ctrlKey: true });
      await until(() => expect(dialog()?.querySelector(".dialog-fault")?.textContent).toBeTruthy());
      expect(sent()).toHaveLength(times);
    }
    expect(new Set(sent().map(([, header]) => header["Idempotency-Key"])).size).toBe(1);
  });
});
