import type { Status } from "../api/types";

const LOOKS: Partial<Record<Status, string>> = {
  granted: "ok",
  delivered: "ok",
  closed: "ok",
  correction: "near",
  awaiting_payment: "near",
  suspended: "near",
  denied: "late",
  not_accepted: "late",
  void: "late",
  submitted: "brand",
  accepted: "brand",
  in_review: "brand",
};

export function StatusTag({ status, name }: { status: Status; name: string }) {
  return <span className={`tag ${LOOKS[status] ?? ""}`}>{name}</span>;
}
