import { Checkbox } from "antd";
import { useState } from "react";
import type { Choice, StaffCase, Task } from "../api/types";
import { useDraft } from "../lib/draft";
import { Dialog } from "../ui/Dialog";
import { OpinionField } from "./OpinionField";
import { useDecision } from "./useDecision";
import { templatesFor, wordsAsked } from "./words";
import "./decision.css";

interface Props {
  task: Task;
  file?: StaffCase;
  choice: Choice;
  onDone: (words: string) => void;
  onClose: () => void;
}

const NOTES: Partial<Record<Choice["outcome"], string>> = {
  return: "前面审查过的部门会重新审查并提出意见，办理期限不停。",
  countersign: "对方部门提出的是意见，不会中止办理，办理期限不停。",
};

/** Ask other departments first (退回重审、会签): which of those the API offers, and what they are to look at. */
export function ReferDialog({ task, file, choice, onDone, onClose }: Props) {
  const { outcome, name, to = [] } = choice;
  const asked = wordsAsked(task.kind, outcome);
  const only = to.length === 1 ? to.map(({ code }) => code) : [];
  const [draft, change, drop] = useDraft(`${task.task_id}.${outcome}`, () => ({ to: only, opinion: "" }));
  const [lacking, setLacking] = useState("");
  const { send, busy, fault, mild } = useDecision(task, () => {
    drop();
    onDone(`已送${to.filter(({ code }) => draft.to.includes(code)).map((each) => each.name).join("、")}${name}`);
  });
  const submit = () => {
    if (!draft.to.length) return setLacking(`请选择要${name}的部门`);
    if (draft.opinion.trim().length < 2) return setLacking(`请写明${asked}`);
    setLacking("");
    send({ outcome, to: draft.to, opinion: draft.opinion.trim() });
  };
  return (
    <Dialog title={`${name}：${task.service_name}`} submit={name} busy={busy} fault={lacking || fault} mild={mild} onSubmit={submit} onClose={onClose}>
      <p className="faint decision-who">
        申请人 {task.applicant} · 办件号 <span className="num">{task.case_no}</span>
      </p>
      <p className="decision-note">{NOTES[outcome]}意见齐了，办件回到本部门的待办，由本部门继续办理。</p>
      <fieldset className="refer-to" data-first>
        <legend>送哪些部门</legend>
        <Checkbox.Group value={draft.to} options={to.map((each) => ({ value: each.code, label: each.name }))} onChange={(codes) => change((before) => ({ ...before, to: codes }))} />
      </fieldset>
      <OpinionField label={asked} required value={draft.opinion} templates={templatesFor(task, outcome, file)} onChange={(opinion) => change((before) => ({ ...before, opinion }))} />
    </Dialog>
  );
}
