/** Whether the API answers. While it does not, one light question every few seconds asks for its health. */
import { store } from "../lib/store";

export const down = store(false);

const EVERY = 3000;
let timer: ReturnType<typeof setTimeout> | undefined;

async function ask(): Promise<void> {
  timer = undefined;
  try {
    const answer = await fetch("/v1/health", { cache: "no-store" });
    if (answer.ok && (answer.headers.get("content-type") ?? "").includes("json")) {
      down.set(false);
      return;
    }
  } catch {
    // still nobody there
  }
  timer = setTimeout(() => void ask(), EVERY);
}

/** Note that a call got no answer; from then on the connection looks after itself. */
export function lost(): void {
  down.set(true);
  timer ??= setTimeout(() => void ask(), EVERY);
}

/** Note that an answer came. */
export function found(): void {
  if (!down.get()) return;
  clearTimeout(timer);
  timer = undefined;
  down.set(false);
}
