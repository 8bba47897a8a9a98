/** Short words about what just happened, read out by screen readers too. */
import { store, useStore } from "../lib/store";
import "./toast.css";

interface Toast {
  text: string;
  tone: "ok" | "near" | "late";
}

const shown = store<Toast | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;

export function say(text: string, tone: Toast["tone"] = "ok"): void {
  clearTimeout(timer);
  shown.set({ text, tone });
  timer = setTimeout(() => shown.set(null), tone === "ok" ? 4000 : 8000);
}

export function Toasts() {
  const toast = useStore(shown);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toast && <p className={`toast ${toast.tone}`}>{toast.text}</p>}
    </div>
  );
}
