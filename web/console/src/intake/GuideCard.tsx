import { feeText } from "@shared/money";
import type { Service } from "../api/types";
import { Fact } from "../case/FormCard";

/** What to tell the person at the window. */
export function GuideCard({ service }: { service: Service }) {
  return (
    <section className="card" aria-label="办事指南">
      <h2>办事指南</h2>
      <dl className="facts">
        <Fact title="说明" text={service.summary} />
        <Fact title="办理时限" text={`${service.promised_days} 个工作日（${service.project_type_name}）`} />
        <Fact title="收费" text={feeText(service.fee_fen)} />
        <Fact title="受理条件" text={service.conditions.join("；")} />
        <Fact title="办理流程" text={service.process.join(" → ")} />
        <Fact title="办理结果" text={service.result.name} />
        <Fact title="咨询电话" text={service.department_phone} />
      </dl>
    </section>
  );
}
