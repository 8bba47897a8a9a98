import type { Field } from "@shared/form";
import type { Slot } from "@shared/missing";
import type { Service, StaffCase } from "../api/types";
import { MissingNote } from "../case/MissingNote";
import { HandInRow } from "../intake/HandInRow";
import { SchemaField } from "../intake/SchemaField";
import { Dialog } from "../ui/Dialog";
import { useSupplement } from "./useSupplement";
import "../intake/intake.css";

interface Props {
  file: StaffCase;
  service: Service;
  onClose: () => void;
}

type By = ReturnType<typeof useSupplement>;

function Files({ slots, by }: { slots: Slot[]; by: By }) {
  if (!slots.length) return null;
  return (
    <ul className="hand-in">
      {slots.map((slot) => (
        <HandInRow key={slot.code} material={slot} handed={by.handed.find((each) => each.code === slot.code)} onHanded={(one) => by.hand(slot.code, one)} busy={by.upload} />
      ))}
    </ul>
  );
}

function Answers({ fields, by }: { fields: Field[]; by: By }) {
  if (!fields.length) return null;
  return (
    <>
      <p className="field-help">原来填的内容已遮盖。请按申请人说的填写，没有填的不会改。</p>
      <div className="intake-fields">
        {fields.map((field) => (
          <SchemaField key={field.name} field={field} value={by.form[field.name]} fault={by.faults[`form.${field.name}`]} onChange={(value) => by.write(field.name, value)} />
        ))}
      </div>
    </>
  );
}

/** 代交材料: what the citizen brings to the window for what was asked; the answer says what is still missing. */
export function SupplementDialog({ file, service, onClose }: Props) {
  const supplement = useSupplement(file, service, onClose);
  const { slots, fields, otherSlots, otherFields } = supplement.places;
  return (
    <Dialog title={`代交材料：${file.service_name}`} submit="提交" width={820} busy={supplement.busy} blocked={supplement.uploading} fault={supplement.fault} onSubmit={supplement.send} onClose={onClose}>
      <MissingNote missing={file.missing} />
      <div data-first>
        <Files slots={slots} by={supplement} />
        <Answers fields={fields} by={supplement} />
      </div>
      {otherSlots.length > 0 && (
        <details>
          <summary>其他材料</summary>
          <Files slots={otherSlots} by={supplement} />
        </details>
      )}
      {otherFields.length > 0 && (
        <details>
          <summary>修改填写的其他内容</summary>
          <Answers fields={otherFields} by={supplement} />
        </details>
      )}
      <p className="field-help">办理过程会写明由窗口代交。</p>
    </Dialog>
  );
}
