import { Input } from "antd";
import { useState } from "react";
import type { Decision, Service, StaffCase, Task } from "../api/types";
import { useDraft } from "../lib/draft";
import { Dialog } from "../ui/Dialog";
import { CheckLine } from "./CheckLine";
import { OpinionField } from "./OpinionField";
import { type Ticked, firstAsked, keyOf, linesOf, missingOf } from "./checklist";
import { useDecision } from "./useDecision";
import { templatesFor } from "./words";
import "./decision.css";

interface Props {
  task: Task;
  service: Service;
  file: StaffCase;
  onDone: (words: string) => void;
  onClose: () => void;
}

/** Ask for everything that is missing in one go (补正一次性告知). */
export function CorrectDialog({ task, service, file, onDone, onClose }: Props) {
  const lines = linesOf(service, file);
  const [asked, setAsked, drop] = useDraft(`${task.task_id}.correct`, () => firstAsked(lines));
  const [lacking, setLacking] = useState("");
  const { send, busy, fault, mild, preview } = useDecision(task, () => {
    drop();
    onDone("已告知补正");
  });
  const missing = missingOf(lines, asked);
  const tick = (key: string, ticked: Ticked) => setAsked((before) => ({ ...before, lines: { ...before.lines, [key]: ticked } }));
  const whole = (then: (body: Decision) => void) => () => {
    if (!missing.length) return setLacking("请勾选需要补正的内容，或者在“其他”中写明");
    setLacking("");
    then({ outcome: "correct", missing, ...(asked.opinion.trim() ? { opinion: asked.opinion.trim() } : {}) });
  };
  return (
    <Dialog title={`告知补正：${task.service_name}`} submit={`告知补正 ${missing.length} 项`} width={820} busy={busy} fault={lacking || fault} mild={mild} preview={{ ...preview, show: whole(preview.ask) }} onSubmit={whole(send)} onClose={onClose}>
      <p className="decision-note">补正只能要求一次，请把需要补的内容一次列全。申请人会收到这份清单。</p>
      <div className="check-groups" data-first>
        {(["material", "field"] as const).map((group) => (
          <fieldset key={group}>
            <legend>{group === "material" ? "申请材料" : "申请表"}</legend>
            {!lines.some((line) => line.group === group) && <p className="faint">这个办件不用提交材料</p>}
            {lines.filter((line) => line.group === group).map((line) => {
              const key = keyOf(line);
              return <CheckLine key={key} line={line} ticked={asked.lines[key]} onChange={(ticked) => tick(key, ticked)} />;
            })}
          </fieldset>
        ))}
      </div>
      <label className="check-other">
        其他（每行一项）
        <Input.TextArea value={asked.other} maxLength={600} autoSize={{ minRows: 1, maxRows: 5 }} onChange={(event) => setAsked((before) => ({ ...before, other: event.target.value }))} />
      </label>
      <OpinionField label="给申请人的话（可不填）" value={asked.opinion} templates={templatesFor(task, "correct", file)} onChange={(opinion) => setAsked((before) => ({ ...before, opinion }))} />
    </Dialog>
  );
}
