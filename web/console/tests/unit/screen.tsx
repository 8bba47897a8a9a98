/** A page of the desk drawn into a document, with what jsdom lacks, and a clerk's hands on it. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ConfigProvider } from "antd";
import { type ReactNode, act } from "react";
import { createRoot } from "react-dom/client";
import { MemoryRouter, Route, Routes } from "react-router";
import { afterEach, expect, vi } from "vitest";
import { Toasts } from "../../src/ui/toast";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
window.matchMedia ??= (() => ({ matches: false, addListener: () => {}, removeListener: () => {} })) as never;
Element.prototype.scrollIntoView ??= () => {};
globalThis.ResizeObserver ??= class { observe() {} unobserve() {} disconnect() {} } as never;

let undo = () => {};
afterEach(() => {
  undo();
  document.body.innerHTML = "";
});

/** Draw a page of a case; return where it is once its heading has the focus. */
export async function drawn(caseNo: string, page: ReactNode): Promise<HTMLElement> {
  const place = document.body.appendChild(document.createElement("div"));
  const root = createRoot(place);
  undo = () => act(() => root.unmount());
  await act(async () =>
    root.render(
      <QueryClientProvider client={new QueryClient()}>
        <ConfigProvider theme={{ token: { motion: false } }}>
          <MemoryRouter initialEntries={[`/cases/${caseNo}`]}>
            <Routes>
              <Route path="/cases/:caseNo" element={page} />
            </Routes>
          </MemoryRouter>
        </ConfigProvider>
        <Toasts />
      </QueryClientProvider>,
    ),
  );
  const drawnOrAsked = () => document.activeElement?.id === "case-title" || dialog()?.contains(document.activeElement); // a dialog that is there at once may be first
  await until(() => expect(drawnOrAsked()).toBe(true));
  return place;
}

/** Wait until what must hold does. */
export const until = (holds: () => void) =>
  vi.waitFor(async () => {
    await act(() => new Promise((done) => setTimeout(done, 5))); // what was begun is drawn when it ends
    holds();
  }, 4000);

export const press = (key: string, more: KeyboardEventInit = {}) =>
  act(async () => void (document.activeElement ?? window).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...more })));

export const dialog = () => document.querySelector<HTMLElement>("[role=dialog]");
