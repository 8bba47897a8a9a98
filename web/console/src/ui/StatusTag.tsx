import { toneOf } from "@shared/statuses";
import type { Status, Tone } from "@shared/vocabulary";

const LOOKS: Record<Tone, string> = { going: "brand", act: "near", good: "ok", bad: "late", off: "" };

export function StatusTag({ status, name }: { status: Status; name: string }) {
  return <span className={`tag ${LOOKS[toneOf({ status, status_name: name })]}`}>{name}</span>;
}
