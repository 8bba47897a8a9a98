import { STATUS_TONES, type Status, type Tone } from "@shared/vocabulary";

const LOOKS: Record<Tone, string> = { going: "brand", act: "near", good: "ok", bad: "late", off: "" };

export function StatusTag({ status, name }: { status: Status; name: string }) {
  return <span className={`tag ${LOOKS[STATUS_TONES[status]]}`}>{name}</span>;
}
