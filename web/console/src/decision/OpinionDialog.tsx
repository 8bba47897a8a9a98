import { Input, Radio } from "antd";
import { type ReactNode, useState } from "react";
import { GROUND_NAMES, type Ground } from "@shared/vocabulary";
import type { Choice, Decision, Service, StaffCase, Task } from "../api/types";
import { useDraft } from "../lib/draft";
import { Dialog } from "../ui/Dialog";
import { OpinionField } from "./OpinionField";
import { AddressField, WaybillField } from "./ParcelField";
import { TakerField } from "./TakerField";
import { UnmetField } from "./UnmetField";
import { type Handing, NOBODY, NOWHERE, type Parcel, handed, handingWanting } from "./handing";
import { NOTHING_TICKED, conditionsFor, unmetOf, unmetWanting } from "./unmet";
import { useDecision } from "./useDecision";
import { drastic, lackingNote, noteOf, readBy, signedWords, templatesFor, wordsAsked } from "./words";
import "./decision.css";

/** What a review or a countersigning says stops nothing, and the applicant does not read it. */
const opinionOnly = (task: Task) => task.kind === "review" || task.kind === "countersign";

interface Props {
  task: Task;
  file: StaffCase;
  choice: Choice;
  /** The service of the case; nothing of it can be named before it is there */
  service?: Service | undefined;
  /** What it is about, where that is short */
  about?: ReactNode;
  onDone: (words: string) => void;
  onClose: () => void;
}

/** Decide, with an opinion; where one is asked for, not without it. */
export function OpinionDialog({ task, file, choice, service, about, onDone, onClose }: Props) {
  const { outcome, name } = choice;
  const reject = outcome === "reject";
  const asked = wordsAsked(task.kind, outcome);
  const templates = templatesFor(task, outcome, file);
  const unhanded = lackingNote(task, outcome, file);
  const note = noteOf(task);
  const [opinion, setOpinion, drop] = useDraft(`${task.task_id}.${outcome}`, () => (choice.opinion ? "" : (templates[0] ?? "")));
  const [unmet, setUnmet, forget] = useDraft(`${task.task_id}.unmet`, () => NOTHING_TICKED);
  const [ground, setGround] = useState<Ground>("not_met");
  const [organ, setOrgan] = useState("");
  const [lacking, setLacking] = useState("");
  const [handing, setHanding] = useState(NOBODY);
  const [parcel, setParcel] = useState(NOWHERE);
  const grounds = reject && task.kind === "acceptance";
  const { signed = false, paper = false, posted = false, sent = false } = choice;
  const { send, busy, fault, mild, preview } = useDecision(task, () => {
    drop();
    forget();
    onDone(`已办理：${name}`);
  });
  const conditions = conditionsFor(choice, ground, service);
  const elsewhere = grounds && ground === "not_competent";
  const wanting = (): string => {
    if (choice.opinion && opinion.trim().length < 2) return `请写明${asked}${reject ? readBy(task) : ""}`;
    const untold = unmetWanting(conditions, unmet);
    if (untold) return untold;
    if (elsewhere && organ.trim().length < 2) return "请写明应当向哪个机关申请，申请人会看到它";
    return handingWanting(choice, handing, parcel, task.waybill);
  };
  const signs = (part: Partial<Handing>) => {
    setHanding((before) => ({ ...before, ...part }));
    setLacking("");
    const by = part.taker;
    if (by) setOpinion((before) => (before === signedWords(handing.taker, templates) ? signedWords(by, templates) : before));
  };
  const goes = (part: Partial<Parcel>) => {
    setParcel((before) => ({ ...before, ...part }));
    setLacking("");
  };
  const whole = (then: (body: Decision) => void) => () => {
    const why = wanting();
    setLacking(why);
    if (why) return;
    then({
      outcome,
      opinion: opinion.trim(),
      ...(grounds ? { ground } : {}),
      ...(elsewhere ? { organ: organ.trim() } : {}),
      ...unmetOf(conditions, unmet),
      ...handed(choice, handing, parcel),
    });
  };
  return (
    <Dialog title={`${name}：${task.service_name}`} submit={name} danger={drastic(task.kind, outcome)} busy={busy} fault={lacking || fault} mild={mild} preview={paper ? { ...preview, show: whole(preview.ask) } : undefined} onSubmit={whole(send)} onClose={onClose}>
      <p className="faint decision-who">
        申请人 {task.applicant} · 办件号 <span className="num">{task.case_no}</span>
      </p>
      {about && <div className="decision-about">{about}</div>}
      {note && <p className="decision-note">{note}</p>}
      {unhanded && <p className="decision-note">{unhanded}</p>}
      {reject && opinionOnly(task) && <p className="decision-note">这是本部门的意见，不会中止办理；作出决定的部门会看到它。</p>}
      {reject && task.kind === "decision" && <p className="decision-note">理由和不符合的条件会写进决定书；申请人可以申请行政复议或者提起行政诉讼，系统会一并告知。</p>}
      {signed && <TakerField handing={handing} onChange={signs} />}
      {posted && <WaybillField parcel={parcel} known={task.waybill} onChange={goes} />}
      {sent && <AddressField parcel={parcel} onChange={goes} />}
      <OpinionField label={asked} required={choice.opinion} value={opinion} templates={templates} onChange={(text) => setOpinion(() => text)} />
      {grounds && (
        <div className="decision-grounds">
          <Radio.Group
            aria-label="不予受理的情形"
            value={ground}
            onChange={(event) => setGround(event.target.value as Ground)}
            options={Object.entries(GROUND_NAMES).map(([value, label]) => ({ value, label }))}
          />
          {ground === "not_competent" && (
            <Input aria-label="应当向哪个机关申请" placeholder="应当向哪个机关申请" maxLength={60} value={organ} onChange={(event) => setOrgan(event.target.value)} />
          )}
        </div>
      )}
      {conditions.length > 0 && <UnmetField conditions={conditions} unmet={unmet} onChange={(ticked) => setUnmet(() => ticked)} />}
    </Dialog>
  );
}
