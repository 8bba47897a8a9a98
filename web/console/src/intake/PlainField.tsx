import { Input } from "antd";
import { useId } from "react";

interface Props {
  title: string;
  path: string;
  value: string;
  fault: string | undefined;
  onChange: (value: string) => void;
  required?: boolean;
  numeric?: boolean;
  wide?: boolean;
  help?: string;
  placeholder?: string | undefined;
}

/** A line of text that is no part of a service's form. */
export function PlainField({ title, path, value, fault, onChange, required = false, numeric = false, wide = false, help, placeholder }: Props) {
  const id = useId();
  const described = [help && `${id}-help`, fault && `${id}-fault`].filter(Boolean).join(" ") || undefined;
  return (
    <div className={`field ${fault ? "faulty" : ""} ${wide ? "wide" : ""}`} data-path={path}>
      <label htmlFor={id} className="field-label">
        {title}
        {required ? <b aria-hidden="true"> *</b> : <span className="faint">（选填）</span>}
      </label>
      <Input
        id={id}
        value={value}
        autoComplete="off"
        inputMode={numeric ? "numeric" : "text"}
        maxLength={200}
        status={fault ? "error" : ""}
        aria-required={required}
        aria-invalid={fault ? true : undefined}
        aria-describedby={described}
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
      />
      {help && (
        <p id={`${id}-help`} className="field-help">
          {help}
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
