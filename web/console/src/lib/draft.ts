/** What somebody is typing, kept for this tab until it is sent: through errors, a locked desk and a reload. */
import { useCallback, useState } from "react";

const PREFIX = "rongyiban.draft.";

export function readDraft<T>(key: string): T | undefined {
  try {
    const kept = sessionStorage.getItem(PREFIX + key);
    return kept === null ? undefined : (JSON.parse(kept) as T);
  } catch {
    return undefined;
  }
}

export function writeDraft(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // a full or forbidden storage only costs the draft
  }
}

export function dropDraft(key: string): void {
  sessionStorage.removeItem(PREFIX + key);
}

/** Like useState, and kept. The key must not change while the component lives (give it a React key). */
export function useDraft<T>(key: string, first: () => T): [T, (change: (before: T) => T) => void, () => void] {
  const [value, setValue] = useState<T>(() => readDraft<T>(key) ?? first());
  const change = useCallback(
    (next: (before: T) => T) =>
      setValue((before) => {
        const after = next(before);
        writeDraft(key, after);
        return after;
      }),
    [key],
  );
  const drop = useCallback(() => dropDraft(key), [key]);
  return [value, change, drop];
}
