import { DownOutlined } from "@ant-design/icons";
import { type Field, type Value, tidy } from "@shared/form";
import { Input, Radio, Select } from "antd";
import { useId } from "react";

interface Props {
  field: Field;
  value: Value;
  fault: string | undefined;
  autoFocus?: boolean;
  /** Every choice in sight, however many */
  spread?: boolean;
  onChange: (value: Value) => void;
}

const FEW = 5;

/** One field of a service's form, in the words every channel uses. */
export function SchemaField({ field, value, fault, autoFocus = false, spread = false, onChange }: Props) {
  const id = useId();
  const grouped = field.kind === "one" && (spread || field.choices.length <= FEW);
  return (
    <div className={fault ? "field faulty" : "field"} data-path={`form.${field.name}`}>
      <Label id={id} grouped={grouped} field={field} />
      <Control {...{ field, value, fault, autoFocus, grouped, onChange, id }} />
      {field.help && (
        <p id={`${id}-help`} className="field-help">
          {field.help}
        </p>
      )}
      {fault && (
        <p id={`${id}-fault`} className="field-fault" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

function Label({ id, grouped, field }: { id: string; grouped: boolean; field: Field }) {
  const words = (
    <>
      {field.title}
      {field.required ? <b aria-hidden="true"> *</b> : <span className="faint">（选填）</span>}
      <small>{field.ask}</small>
    </>
  );
  return grouped ? (
    <span id={`${id}-label`} className="field-label">
      {words}
    </span>
  ) : (
    <label id={`${id}-label`} htmlFor={id} className="field-label">
      {words}
    </label>
  );
}

function Control({ field, value, fault, autoFocus, grouped, onChange, id }: Props & { grouped: boolean; id: string }) {
  const described = [field.help && `${id}-help`, fault && `${id}-fault`].filter(Boolean).join(" ") || undefined;
  const wrong = { "aria-invalid": fault ? true : undefined, "aria-describedby": described };
  const status = fault ? ("error" as const) : ("" as const);
  if (field.kind === "one" && !grouped)
    return <Select suffixIcon={<DownOutlined aria-hidden />} id={id} {...wrong} status={status} showSearch={{ optionFilterProp: "label" }} allowClear value={value ?? null} options={field.choices} onChange={(next) => onChange(next ?? undefined)} />;
  if (grouped) return <Radio.Group aria-labelledby={`${id}-label`} {...wrong} value={value} options={field.choices} onChange={(event) => onChange(event.target.value)} />;
  const typed = {
    id,
    ...wrong,
    status,
    autoFocus: autoFocus ?? false,
    autoComplete: "off",
    "aria-required": field.required,
    placeholder: field.kind === "date" ? "如 20260131" : field.example && `如 ${field.example}`,
    value: value === undefined ? "" : String(value),
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
    onBlur: () => onChange(tidy(field, value)),
  };
  if (field.kind === "long") return <Input.TextArea {...typed} autoSize={{ minRows: 1, maxRows: 5 }} maxLength={field.schema.maxLength} />;
  return <Input {...typed} inputMode={field.kind === "number" || field.kind === "date" || field.kind === "mobile" ? "numeric" : "text"} />;
}
