import { AUDIENCE_NAMES, CHANNEL_NAMES, DELIVERY_METHOD_NAMES, RESULT_TYPE_NAMES } from "@shared/vocabulary";
import { Fact } from "../case/FormCard";
import type { Service } from "../api/types";
import { Bullets, FieldsTable, MaterialsTable, StagesTable } from "./tables";

/** What the service's file says, in the order a clerk looks for it. */
export function ServiceFacts({ service }: { service: Service }) {
  const names = (service.department_names ?? {}) as Record<string, string>;
  return (
    <>
      <header className="services-head">
        <h2>{service.name}</h2>
        {service.tags.map((tag) => (
          <span key={tag} className="tag brand">
            {tag}
          </span>
        ))}
        <span className="faint num">
          {service.code} · {service.version}
        </span>
      </header>
      <section className="card" aria-label="基本信息">
        <h2>基本信息</h2>
        <dl className="facts two">
          <Fact title="一句话说明" text={service.summary} />
          <Fact title="事项类型" text={`${service.task_type_name}，${service.project_type_name}`} />
          <Fact title="服务对象" text={AUDIENCE_NAMES[service.audience]} />
          <Fact title="主办部门" text={`${service.department_name}　${service.department_phone}`} />
          <Fact title="时限" text={`承诺 ${service.promised_days} 个工作日，${service.statutory_days ? `法定 ${service.statutory_days} 个工作日${service.statutory_basis ? `（${service.statutory_basis}）` : ""}` : "没有法定时限"}`} />
          <Fact title="到现场" text={service.visits ? `${service.visits} 次${service.visits_reason ? `：${service.visits_reason}` : ""}` : "不用到现场"} />
          <Fact title="收费" text={service.fee ? service.fee.items.map((item) => `${item.name}：${item.how}（${item.basis}）`).join("；") : service.fee_text} />
          {(service.fee?.exemptions ?? []).map((each) => (
            <Fact key={each.reason} title="减免" text={`${each.reason}，${each.how}（${each.basis}）`} />
          ))}
          {service.fee?.counter && <Fact title="收费窗口" text={`${service.fee.counter.address}，${service.fee.counter.hours}`} />}
          <Fact title="办理结果" text={`${service.result.name}（${RESULT_TYPE_NAMES[service.result.type]}${service.result.electronic ? "，有电子件" : ""}）`} />
          <Fact title="送达方式" text={service.delivery.map((each) => DELIVERY_METHOD_NAMES[each]).join("、")} />
          <Fact title="办理渠道" text={service.channels.map((each) => CHANNEL_NAMES[each]).join("、")} />
          {service.pickup && <Fact title="领取地点" text={`${service.pickup.address}，${service.pickup.hours}`} />}
          {service.note && <Fact title="备注" text={service.note} />}
        </dl>
      </section>
      <StagesTable service={service} names={names} />
      <MaterialsTable service={service} />
      <FieldsTable service={service} />
      <Bullets title="受理条件" items={service.conditions} />
      <Bullets title="办理流程" items={service.process} />
      <Bullets title="设定依据" items={service.legal_basis} />
      {(service.questions ?? []).length > 0 && (
        <section className="card" aria-label="常见问题">
          <h2>常见问题</h2>
          <dl className="questions">
            {service.questions?.map((each) => (
              <div key={each.ask}>
                <dt>{each.ask}</dt>
                <dd>{each.answer}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </>
  );
}
