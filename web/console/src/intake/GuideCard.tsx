import { feeRows } from "@shared/fee";
import type { Values } from "@shared/form";
import type { Service } from "../api/types";
import { Fact } from "../case/FormCard";
import { useFee } from "../payments/useFee";

/** What to tell the person at the window. */
export function GuideCard({ service, form }: { service: Service; form: Values }) {
  const fee = useFee(service, form).data;
  return (
    <section className="card" aria-label="办事指南">
      <h2>办事指南</h2>
      <dl className="facts">
        <Fact title="说明" text={service.summary} />
        <Fact title="办理时限" text={`${service.promised_days} 个工作日（${service.project_type_name}）`} />
        {fee?.lines.length ? feeRows(fee).map(([name, text], index) => <Fact key={`${name}${index}`} title={name} text={text} />) : <Fact title="收费" text={service.fee_text} />}
        {service.fee?.counter && <Fact title="没有微信的" text={`准予后可以到${service.fee.counter.address}缴现金、刷卡，${service.fee.counter.hours}`} />}
        <Fact title="受理条件" text={service.conditions.join("；")} />
        <Fact title="办理流程" text={service.process.join(" → ")} />
        <Fact title="办理结果" text={service.result.name} />
        <Fact title="咨询电话" text={service.department_phone} />
      </dl>
    </section>
  );
}
