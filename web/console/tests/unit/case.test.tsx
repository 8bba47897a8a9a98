// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { StaffCase, TimelineEntry } from "../../src/api/types";
import { MaterialsCard } from "../../src/case/MaterialsCard";
import { Timeline } from "../../src/case/Timeline";
import { useMoves } from "../../src/desk/useMoves";
import { useKeys } from "../../src/lib/keys";

const api = vi.hoisted(() => ({ GET: vi.fn(), POST: vi.fn() }));
vi.mock("../../src/api/client", () => ({ api, ok: async (call: Promise<{ data: unknown }>) => (await call).data }));

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
const client = new QueryClient();
let undo = () => {};

async function shown(page: ReactNode): Promise<HTMLElement> {
  const place = document.body.appendChild(document.createElement("div"));
  const root = createRoot(place);
  undo = () => act(() => root.unmount());
  await act(async () => root.render(<QueryClientProvider client={client}>{page}</QueryClientProvider>));
  return place;
}

async function press(key: string, code: string): Promise<void> {
  await act(async () => {
    window.dispatchEvent(new KeyboardEvent("keydown", { key, code }));
    await new Promise((done) => setTimeout(done, 20)); // for the answer
  });
}

afterEach(() => {
  undo();
  document.body.innerHTML = "";
});

describe("a preview", () => {
  const file = { case_no: "660092712114", materials: [{ code: "contract", name: "租房合同", material_id: "0".repeat(32) }] } as StaffCase;

  function Desk({ onClose }: { onClose: () => void }) {
    useKeys("办理", [{ keys: ["Escape"], run: onClose }]);
    return <MaterialsCard file={file} service={undefined} />;
  }

  it("shows a PDF in a frame where browsers do show it", async () => {
    api.GET.mockResolvedValue({ data: { url: "https://files.example/contract", type: "application/pdf" } });
    const page = await shown(<Desk onClose={() => {}} />);
    await press("m", "KeyM");
    const frame = page.querySelector("iframe");
    expect(frame?.src).toBe("https://files.example/contract");
    expect(frame?.hasAttribute("sandbox")).toBe(false);
  });

  it("is closed by Esc, and the case by the next", async () => {
    const onClose = vi.fn();
    const page = await shown(<Desk onClose={onClose} />);
    await press("m", "KeyM");
    expect(page.querySelector(".preview")).not.toBeNull();
    await press("Escape", "Escape");
    expect(page.querySelector(".preview")).toBeNull();
    expect(onClose).not.toHaveBeenCalled();
    await press("Escape", "Escape");
    expect(onClose).toHaveBeenCalledOnce();
  });
});

describe("who has a task", () => {
  it.each([
    ["taken", () => Promise.resolve({ data: { task_id: "660092712114.issue.mzj.1", status: "claimed" } })],
    ["a colleague was faster", () => Promise.reject(new Error("罗成正在办理"))],
  ])("%s: the list and the case beside it are asked again", async (_, answer) => {
    api.POST.mockImplementation(answer);
    const asked = vi.spyOn(client, "invalidateQueries");
    let claim = () => {};
    function Moves() {
      claim = useMoves("660092712114.issue.mzj.1", () => {}).claim;
      return null;
    }
    await shown(<Moves />);
    await act(async () => claim());
    expect(asked.mock.calls.map(([filter]) => filter?.queryKey)).toEqual([["tasks"], ["case", "660092712114"]]);
  });
});

describe("the story", () => {
  it("calls a no by the word it was told in", async () => {
    const entry = (event: string, data: object) => ({ at: "2026-07-01T09:30:00+08:00", event, text: "", data }) as TimelineEntry;
    const place = await shown(<Timeline entries={[entry("denied", { verdict: "不予办理" }), entry("denied", {}), entry("later", {})]} />);
    expect([...place.querySelectorAll("b")].map((each) => each.textContent)).toEqual(["进展", "不予许可", "不予办理"]);
  });
});
