/** What the API says of kinds of tasks: the decisions of each, and what one that is no stage of a service is called. */
import { constant } from "../../../shared/constants.mjs";

const CHOICES = constant("TASK_CHOICES");
const NAMES = constant("TASK_KIND_NAMES");
const OPINION = { refund: ["approve"], rectification: ["approve"] };

export const choicesOf = (kind) =>
  Object.entries(CHOICES[kind]).map(([outcome, name]) => ({ outcome, name, opinion: outcome === "reject" || (OPINION[kind] ?? []).includes(outcome) }));

export const OTHERS = [
  { kind: "pickup", name: NAMES.pickup, status: "ready_for_pickup" },
  { kind: "refund", name: `${NAMES.refund}20元`, status: "withdrawn", more: { amount_fen: 2000 } },
  { kind: "handover", name: `${NAMES.handover}（EMS）`, status: "producing" },
  { kind: "rectification", name: NAMES.rectification, status: "closed" },
];
