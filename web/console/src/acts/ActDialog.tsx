import type { StaffCase } from "../api/types";
import { Templates } from "../decision/OpinionField";
import { SchemaField } from "../intake/SchemaField";
import { Dialog } from "../ui/Dialog";
import { MIND, type Plain, WORDS, named, templatesFor } from "./forms";
import { useAct } from "./useAct";
import "../decision/decision.css";
import "../intake/intake.css";
import "./acts.css";

interface Props {
  file: StaffCase;
  act: Plain;
  onClose: () => void;
}

/** Write down what an act on a case asks for, and do it. */
export function ActDialog({ file, act, onClose }: Props) {
  const { fields, values, faults, fault, mild, busy, write, send, preview } = useAct(file, act, onClose);
  const name = `${act === "void" || act === "refund" ? "提出" : ""}${named(act, file)}`;
  return (
    <Dialog title={`${name}：${file.service_name}`} submit={name} danger={act === "void"} busy={busy} fault={fault} mild={mild} preview={preview} onSubmit={send} onClose={onClose}>
      <p className="faint act-who">
        申请人 {file.applicant} · 办件号 <span className="num">{file.case_no}</span>
      </p>
      {MIND[act] && <p className="case-note near">{MIND[act]}</p>}
      <div className="act-fields" data-first>
        {fields.map((field) => (
          <SchemaField key={field.name} spread field={field} value={values[field.name]} fault={faults[field.name]} onChange={(value) => write(field.name, value)} />
        ))}
      </div>
      <Templates texts={templatesFor(act, file)} onPick={(text) => write(WORDS[act], text)} />
    </Dialog>
  );
}
