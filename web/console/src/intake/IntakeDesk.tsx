import { Alert, Button } from "antd";
import { useNavigate } from "react-router";
import { fieldsOf } from "@shared/form";
import type { Service } from "../api/types";
import { useKeys } from "../lib/keys";
import { GuideCard } from "./GuideCard";
import { HandIn } from "./HandIn";
import { PeopleCard } from "./PeopleCard";
import { Receipt } from "./Receipt";
import { SchemaField } from "./SchemaField";
import { useIntake } from "./useIntake";

/** The guide and the materials on the left, the form on the right, Ctrl+Enter files it. */
export function IntakeDesk({ service }: { service: Service }) {
  const intake = useIntake(service);
  const go = useNavigate();
  const { draft, faults } = intake;
  useKeys("窗口收件", [
    { keys: ["Ctrl+Enter"], label: "提交申请", always: true, run: intake.send },
    { keys: ["Escape"], label: "换一个事项（已填内容保留）", run: () => void go("/intake") },
  ]);
  if (draft.receipt) return <Receipt service={service} draft={draft} receipt={draft.receipt} onNext={intake.renew} />;
  return (
    <div className="page intake">
      <header>
        <h1>{service.name}</h1>
        <span className="tag brand">窗口收件</span>
        <span className="grow" />
        <Button onClick={() => void go("/intake")}>
          换事项 <kbd>Esc</kbd>
        </Button>
        <Button onClick={intake.renew}>清空</Button>
        <Button type="primary" loading={intake.busy} onClick={intake.send}>
          提交申请 <kbd>Ctrl+Enter</kbd>
        </Button>
      </header>
      {intake.refusal && (
        <Alert
          type="error"
          role="alert"
          showIcon
          title={intake.refusal}
          description={intake.clash && "上一次提交其实已经收到（按修改前的内容）。请先在“办件查询”中按手机号码查看；确实要再办一件，点“另外提交”。"}
          action={intake.clash && <Button onClick={intake.another}>另外提交</Button>}
          style={{ marginBottom: 14 }}
        />
      )}
      <div className="intake-columns">
        <div className="intake-column">
          <section className="card" aria-label="申请表">
            <h2>申请表</h2>
            <div className="intake-fields">
              {fieldsOf(service.form).map((field, place) => (
                <SchemaField
                  key={field.name}
                  field={field}
                  autoFocus={place === 0}
                  value={draft.form[field.name]}
                  fault={faults[`form.${field.name}`]}
                  onChange={(value) => intake.set(`form.${field.name}`, (before) => ({ ...before, form: { ...before.form, [field.name]: value } }))}
                />
              ))}
            </div>
          </section>
          <PeopleCard service={service} intake={intake} />
        </div>
        <div className="intake-column">
          <HandIn service={service} intake={intake} />
          <GuideCard service={service} form={draft.form} />
        </div>
      </div>
    </div>
  );
}
