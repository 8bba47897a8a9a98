import type { Status } from "@shared/vocabulary";

type Tone = "ok" | "near" | "late" | "brand" | "";

const TONES: Record<Status, Tone> = {
  submitted: "brand",
  correction: "near",
  accepted: "brand",
  in_review: "brand",
  suspended: "near",
  granted: "ok",
  denied: "late",
  not_accepted: "late",
  awaiting_payment: "near",
  producing: "",
  delivering: "",
  ready_for_pickup: "",
  delivered: "ok",
  closed: "ok",
  withdrawn: "",
  void: "late",
};

export function StatusTag({ status, name }: { status: Status; name: string }) {
  return <span className={`tag ${TONES[status]}`}>{name}</span>;
}
