import { useState } from "react";
import type { Task } from "../api/types";
import { useDraft } from "../lib/draft";
import { outcomeName } from "../lib/words";
import { Dialog } from "../ui/Dialog";
import { OpinionField } from "./OpinionField";
import { templatesFor } from "./templates";
import { useDecision } from "./useDecision";
import "./decision.css";

interface Props {
  task: Task;
  outcome: "approve" | "reject";
  onDone: (words: string) => void;
  onClose: () => void;
}

/** Approve, or reject with the reason. */
export function OpinionDialog({ task, outcome, onDone, onClose }: Props) {
  const name = outcomeName(outcome, task.kind);
  const templates = templatesFor(task.kind, outcome);
  const [opinion, setOpinion, drop] = useDraft(`${task.task_id}.${outcome}`, () => (outcome === "approve" ? (templates[0] ?? "") : ""));
  const [lacking, setLacking] = useState("");
  const { send, busy, fault, mild } = useDecision(task, () => {
    drop();
    onDone(`已办理：${name}`);
  });
  const submit = () => {
    if (outcome === "reject" && opinion.trim().length < 2) {
      setLacking("请写明理由，申请人会看到它");
      return;
    }
    setLacking("");
    send({ outcome, opinion: opinion.trim() });
  };
  return (
    <Dialog title={`${name}：${task.service_name}`} submit={name} danger={outcome === "reject"} busy={busy} fault={lacking || fault} mild={mild} onSubmit={submit} onClose={onClose}>
      <p className="faint decision-who">
        申请人 {task.applicant} · 办件号 <span className="num">{task.case_no}</span>
      </p>
      {task.kind === "pickup" && <p className="decision-note">请当面核对领取人的身份证件，再确认已交付。</p>}
      {outcome === "reject" && task.kind !== "acceptance" && <p className="decision-note">理由会写进决定书；申请人可以申请行政复议或者提起行政诉讼，系统会一并告知。</p>}
      <OpinionField
        label={outcome === "reject" ? "理由" : "意见"}
        required={outcome === "reject"}
        value={opinion}
        templates={templates}
        onChange={(text) => setOpinion(() => text)}
      />
    </Dialog>
  );
}
