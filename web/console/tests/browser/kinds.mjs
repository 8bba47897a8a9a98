/** What the API says of kinds of tasks: the decisions of each, and what one that is no stage of a service is called. */
import { constant } from "../../../shared/constants.mjs";

const CHOICES = constant("TASK_CHOICES");
const OPINION = { refund: ["approve"], rectification: ["approve"] };

export const choicesOf = (kind) =>
  Object.entries(CHOICES[kind]).map(([outcome, name]) => ({ outcome, name, opinion: outcome === "reject" || (OPINION[kind] ?? []).includes(outcome) }));

export const OTHERS = [
  { kind: "pickup", name: "领取", status: "ready_for_pickup" },
  { kind: "refund", name: "退款20元", status: "withdrawn", more: { amount_fen: 2000 } },
  { kind: "handover", name: "交寄（EMS）", status: "producing" },
  { kind: "rectification", name: "差评整改", status: "closed" },
];
