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

/** 代交材料: what the citizen brings to the window for what was asked; the answer says what is still missing. */
export function SupplementDialog({ file, service, onClose }: Props) {
  const supplement = useSupplement(file, service, onClose);
  const { slots, fields, handed, faults } = supplement;
  return (
    <Dialog title={`代交材料：${file.service_name}`} submit="提交" width={820} busy={supplement.busy} blocked={supplement.uploading} fault={supplement.fault} onSubmit={supplement.send} onClose={onClose}>
      <MissingNote missing={file.missing} />
      <div data-first>
        {slots.length > 0 && (
          <ul className="hand-in">
            {slots.map((slot) => (
              <HandInRow key={slot.code} material={slot} handed={handed.find((each) => each.code === slot.code)} onHanded={(one) => supplement.hand(slot.code, one)} busy={supplement.upload} />
            ))}
          </ul>
        )}
        {fields.length > 0 && (
          <>
            <p className="field-help">原来填的内容已遮盖。请按申请人说的填写，没有填的不会改。</p>
            <div className="intake-fields">
              {fields.map((field) => (
                <SchemaField key={field.name} field={field} value={supplement.form[field.name]} fault={faults[`form.${field.name}`]} onChange={(value) => supplement.write(field.name, value)} />
              ))}
            </div>
          </>
        )}
      </div>
      <p className="field-help">办理过程会写明由窗口代交。</p>
    </Dialog>
  );
}
