import { Button, Checkbox, Radio } from "antd";
import { DELIVERY_METHOD_NAMES, type DeliveryMethod } from "@shared/vocabulary";
import type { Service } from "../api/types";
import { PlainField } from "./PlainField";
import type { Intake } from "./useIntake";

/** Whom to reach, how the result goes out, and who acts for the applicant. */
export function PeopleCard({ service, intake }: { service: Service; intake: Intake }) {
  const { draft, faults, set } = intake;
  const applicant = service.applicant?.name ? String(draft.form[service.applicant.name] ?? "").trim() : "";
  const contact = (name: "name" | "phone") => ({
    value: draft.contact[name],
    fault: faults[`contact.${name}`],
    path: `contact.${name}`,
    onChange: (value: string) => set(`contact.${name}`, (before) => ({ ...before, contact: { ...before.contact, [name]: value } })),
  });
  const delivery = (name: "name" | "phone" | "address") => ({
    value: draft.delivery[name],
    fault: faults[`delivery.${name}`],
    path: `delivery.${name}`,
    onChange: (value: string) => set(`delivery.${name}`, (before) => ({ ...before, delivery: { ...before.delivery, [name]: value } })),
  });
  const agent = (name: "name" | "id_number" | "phone") => ({
    value: draft.agent[name],
    fault: faults[`agent.${name}`],
    path: `agent.${name}`,
    onChange: (value: string) => set(`agent.${name}`, (before) => ({ ...before, agent: { ...before.agent, [name]: value } })),
  });
  const same = () =>
    set("delivery.name", (before) => ({ ...before, delivery: { ...before.delivery, name: before.contact.name || applicant, phone: before.contact.phone } }));
  return (
    <section className="card" aria-label="联系、送达和代办">
      <h2>联系和送达</h2>
      <div className="intake-fields">
        <PlainField title="联系电话" required numeric {...contact("phone")} help="办理进度会发到这个手机" />
        <PlainField title="联系人姓名" {...contact("name")} placeholder={applicant || undefined} />
        {service.result.renewable && (
          <PlainField
            title="延续的证照编号"
            numeric
            path="renews"
            value={draft.renews ?? ""}
            fault={faults.renews}
            help="申请延续时填，结果选电子结果；新办不填"
            onChange={(renews) => set("renews", (before) => ({ ...before, renews }))}
          />
        )}
        <div className="field" data-path="delivery.method">
          <span id="delivery-label" className="field-label">
            结果怎么拿
          </span>
          <Radio.Group
            aria-labelledby="delivery-label"
            value={draft.delivery.method}
            options={service.delivery.map((method) => ({ value: method, label: DELIVERY_METHOD_NAMES[method] }))}
            onChange={(event) => set("delivery.method", (before) => ({ ...before, delivery: { ...before.delivery, method: event.target.value as DeliveryMethod } }))}
          />
          {draft.delivery.method === "pickup" && service.pickup && (
            <p className="field-help">
              {service.pickup.address}，{service.pickup.hours}
            </p>
          )}
        </div>
        {draft.delivery.method === "courier" && (
          <>
            <div className="field" style={{ justifyItems: "start", alignContent: "end" }}>
              <Button size="small" onClick={same}>
                收件人同联系人
              </Button>
            </div>
            <PlainField title="收件人姓名" required {...delivery("name")} />
            <PlainField title="收件人手机" required numeric {...delivery("phone")} />
            <PlainField title="收件地址" required wide {...delivery("address")} />
          </>
        )}
        <div className="field wide">
          <Checkbox checked={draft.agent.on} onChange={(event) => set("agent", (before) => ({ ...before, agent: { ...before.agent, on: event.target.checked } }))}>
            由他人代办（核对委托书和代办人身份证）
          </Checkbox>
        </div>
        {draft.agent.on && (
          <>
            <PlainField title="代办人姓名" required {...agent("name")} />
            <PlainField title="代办人手机" required numeric {...agent("phone")} />
            <PlainField title="代办人身份证号码" required {...agent("id_number")} />
          </>
        )}
      </div>
    </section>
  );
}
