// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, it, vi } from "vitest";
import type { StaffCase } from "../../src/api/types";
import Documents from "../../src/documents/CasePart";

const api = vi.hoisted(() => ({ GET: vi.fn() }));
vi.mock("../../src/api/client", () => ({ api, ok: async (call: Promise<{ data: unknown }>) => (await call).data }));
vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);

const paper = { document_no: "成民准〔2026〕000001号", kind: "granted", title: "准予办理决定书", issued_at: "2026-07-01T09:30:00.000+08:00" };

it("opens the document that was asked for, at an address asked for then", async () => {
  const open = vi.spyOn(window, "open").mockReturnValue(null);
  api.GET.mockResolvedValue({ data: { documents: [{ ...paper, url: "https://files.example/1.pdf" }] } });
  const place = document.body.appendChild(document.createElement("div"));
  const root = createRoot(place);
  const file = { case_no: "660092712114", documents: [paper] } as unknown as StaffCase;
  await act(async () =>
    root.render(
      <QueryClientProvider client={new QueryClient()}>
        <Documents file={file} />
      </QueryClientProvider>,
    ),
  );
  expect(api.GET).not.toHaveBeenCalled();
  await act(async () => {
    place.querySelector("button")?.click();
    await new Promise((done) => setTimeout(done, 20));
  });
  expect(open).toHaveBeenCalledWith("https://files.example/1.pdf", "_blank");
  act(() => root.unmount());
});
