import { OFFICE_ACT_NAMES } from "@shared/vocabulary";
import type { StaffCase } from "../api/types";
import { SchemaField } from "../intake/SchemaField";
import { Dialog } from "../ui/Dialog";
import { MIND, type Plain } from "./forms";
import { useAct } from "./useAct";
import "../intake/intake.css";
import "./acts.css";

interface Props {
  file: StaffCase;
  act: Plain;
  onClose: () => void;
}

/** Write down what an act on a case asks for, and do it. */
export function ActDialog({ file, act, onClose }: Props) {
  const { fields, values, faults, fault, mild, busy, write, send } = useAct(file, act, onClose);
  const name = act === "void" ? `提出${OFFICE_ACT_NAMES[act]}` : OFFICE_ACT_NAMES[act];
  return (
    <Dialog title={`${name}：${file.service_name}`} submit={name} danger={act === "void"} busy={busy} fault={fault} mild={mild} onSubmit={send} onClose={onClose}>
      <p className="faint act-who">
        申请人 {file.applicant} · 办件号 <span className="num">{file.case_no}</span>
      </p>
      {MIND[act] && <p className="case-note near">{MIND[act]}</p>}
      <div className="act-fields" data-first>
        {fields.map((field) => (
          <SchemaField key={field.name} spread field={field} value={values[field.name]} fault={faults[field.name]} onChange={(value) => write(field.name, value)} />
        ))}
      </div>
    </Dialog>
  );
}
