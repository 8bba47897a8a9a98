import { EyeInvisibleOutlined, EyeOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type Value, fieldsOf, shown } from "@shared/form";
import type { Revealed, Service, StaffCase } from "../api/types";
import { Loading } from "../ui/Problem";
import { SHOWN } from "./useReveal";

interface Props {
  file: StaffCase;
  service: Service | undefined;
  clear: Revealed | null;
  onToggle: () => void;
}

/** The form as it was filled in: masked, or in clear once a purpose is on record. */
export function FormCard({ file, service, clear, onToggle }: Props) {
  const values = (clear?.form ?? file.form) as Record<string, Value>;
  const fields = fieldsOf(service?.form);
  const known = new Set(fields.map((field) => field.name));
  return (
    <section className="card" aria-label="申请表">
      <h2>
        申请表
        {file.clear && (
          <Button size="small" type="text" style={{ marginLeft: "auto" }} icon={clear ? <EyeInvisibleOutlined aria-hidden /> : <EyeOutlined aria-hidden />} onClick={onToggle}>
            {clear ? "重新遮盖" : "查看完整信息"} <kbd>V</kbd>
          </Button>
        )}
      </h2>
      {clear && <p className="case-note late">正在显示完整个人信息，本次查看已记录。{SHOWN} 分钟后自动遮盖。</p>}
      {service ? (
        <dl className="facts">
          {fields.map((field) => (
            <Fact key={field.name} title={field.title} text={shown(field, values[field.name], "—")} />
          ))}
          {Object.keys(values).filter((name) => !known.has(name)).map((name) => (
            <Fact key={name} title={name} text={String(values[name])} />
          ))}
        </dl>
      ) : (
        <Loading what="申请表" />
      )}
    </section>
  );
}

export function Fact({ title, text }: { title: string; text: string }) {
  return (
    <>
      <dt>{title}</dt>
      <dd className="num">{text}</dd>
    </>
  );
}
