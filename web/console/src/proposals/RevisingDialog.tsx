import { Checkbox } from "antd";
import { useCaseService } from "../api/queries";
import type { StaffCase } from "../api/types";
import { OpinionField } from "../decision/OpinionField";
import { SchemaField } from "../intake/SchemaField";
import { Dialog } from "../ui/Dialog";
import { useRevising } from "./useRevising";
import "../acts/acts.css";
import "../decision/decision.css";
import "../intake/intake.css";

const TEMPLATES = ["窗口录入时打错。", "读取证件时识别有误。", "与申请材料不一致，以材料为准。"];

interface Props {
  file: StaffCase;
  onClose: () => void;
}

/** Propose what fields of the form should say (更正): tick them, write them, say why. */
export function RevisingDialog({ file, onClose }: Props) {
  const service = useCaseService(file).data;
  const { fields, chosen, values, faults, reason, fault, mild, busy, choose, write, setReason, send } = useRevising(file, service, onClose);
  return (
    <Dialog title={`提出更正：${file.service_name}`} submit="提出更正" busy={busy} fault={fault} mild={mild} onSubmit={send} onClose={onClose}>
      <p className="faint act-who">
        申请人 {file.applicant} · 办件号 <span className="num">{file.case_no}</span>
      </p>
      <p className="decision-note">只更正登记错的内容，写正确的。由本部门另一位监督人员复核，同意后才生效；持证人有变的证照同时换发；申请人会收到更正通知书。</p>
      <div className="act-fields" data-first>
        {fields.map((field) => (
          <div key={field.name} className="act-fields">
            <Checkbox checked={chosen.includes(field.name)} onChange={(event) => choose(field.name, event.target.checked)}>
              {field.title}
            </Checkbox>
            {chosen.includes(field.name) && <SchemaField spread field={field} value={values[field.name]} fault={faults[field.name]} onChange={(value) => write(field.name, value)} />}
          </div>
        ))}
        <OpinionField label="原因" required value={reason} templates={TEMPLATES} maxLength={200} onChange={setReason} />
      </div>
    </Dialog>
  );
}
