// @vitest-environment jsdom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, it, vi } from "vitest";
import type { CaseSummary } from "../../src/api/types";
import { FoundTable } from "../../src/search/FoundTable";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);

it.each([
  ["预计 2026-07-08", { accepted: false, paused_since: null }],
  ["承诺 2026-07-08", { accepted: true, paused_since: null }],
  ["暂停计时", { accepted: true, paused_since: "2026-07-02" }],
])("says %s of a case whose clock stands so", async (said, clock) => {
  const found = {
    case_no: "660092712114",
    status: "submitted",
    status_name: "已收件",
    channel: "web",
    received_at: "2026-07-01T09:30:00+08:00",
    promised_by: "2026-07-08",
    clock: { days: 5, provisional: false, ...clock },
  } as CaseSummary;
  const place = document.createElement("div");
  const root = createRoot(place);
  await act(async () => root.render(<FoundTable cases={[found]} onOpen={() => {}} />));
  const last = place.querySelector("td:last-child")?.textContent ?? "";
  expect(last.startsWith(said)).toBe(true);
  expect(place.querySelector("th:last-child")?.textContent).toBe("办结日期");
  act(() => root.unmount());
});
