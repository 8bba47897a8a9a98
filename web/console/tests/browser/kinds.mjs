/** What the API says of kinds of tasks: the decisions of each, and what one that is no stage of a service is called. */
import { constant } from "../../../shared/constants.mjs";

const CHOICES = constant("TASK_CHOICES");
const NAMES = constant("TASK_KIND_NAMES");
const OPINION = { refund: ["approve"], rectification: ["approve"], returned: ["reissue"], tracing: ["approve", "reissue"] };
const TO = [{ code: "gaj", name: "成都市公安局" }, { code: "xfj", name: "成都市消防救援局" }];
const POSTED = ["resend"];
const PAPER = ["acceptance", "decision", "pickup"];
const asks = (outcome) => outcome === "return" || outcome === "countersign";

export const choicesOf = (kind) =>
  Object.entries(CHOICES[kind]).map(([outcome, name]) => ({
    outcome,
    name,
    opinion: outcome === "reject" || asks(outcome) || (OPINION[kind] ?? []).includes(outcome),
    ...(asks(outcome) ? { to: TO } : kind === "cashier" ? { takes: true } : POSTED.includes(outcome) ? { sent: true } : kind === "handover" ? { posted: true } : PAPER.includes(kind) ? { paper: true, signed: kind === "pickup", refuses: outcome === "reject" } : {}),
  }));

/** Who decides and supervises as well has the most buttons there are. */
export const DECISION = { kind: "decision", name: NAMES.decision, status: "in_review", acts: ["suspend", "extend", "transfer", "revise", "void"] };

export const OTHERS = [
  { kind: "countersign", name: NAMES.countersign, status: "in_review", more: { asked: "请核对申请人在本部门的登记情况。", asked_by: "成都市民政局" } },
  { kind: "pickup", name: NAMES.pickup, status: "ready_for_pickup" },
  { kind: "refund", name: `${NAMES.refund}20元`, status: "withdrawn", more: { amount_fen: 2000 } },
  { kind: "handover", name: `${NAMES.handover}（EMS）`, status: "dispatching", more: { waybill: "1234567890123" } },
  { kind: "rectification", name: NAMES.rectification, status: "closed" },
  { kind: "making", name: NAMES.making, status: "producing" },
  { kind: "returned", name: NAMES.returned, status: "undelivered", more: { reason: "多次投递无人签收", wish: "courier" } },
  { kind: "tracing", name: NAMES.tracing, status: "delivering", more: { reason: "快递很久没有新的消息" } },
  { kind: "cashier", name: `${NAMES.cashier}20元`, status: "awaiting_payment", more: { amount_fen: 2000 } },
];
