/** What a clerk fills in for the person at the window, and how it becomes an application. */
import { type Values, cleaned, fieldsOf } from "@shared/form";
import { FORMATS, isIdNumber, isMobile, tidied } from "@shared/formats";
import { faultsOf } from "@shared/validate";
import type { DeliveryMethod } from "@shared/vocabulary";
import type { Application, Receipt, Service } from "../api/types";

export interface Handed {
  code: string;
  name: string;
  materialId: string;
  file: string;
}

export interface Draft {
  /** Stays the same until a receipt is there: sending again never files twice */
  key: string;
  form: Values;
  contact: { name: string; phone: string };
  delivery: { method: DeliveryMethod; name: string; phone: string; address: string };
  agent: { on: boolean; name: string; id_number: string; phone: string };
  /** Number of the certificate to be renewed; empty where none is. */
  renews: string;
  handed: Handed[];
  receipt: Receipt | null;
}

export function newDraft(service: Pick<Service, "delivery">): Draft {
  return {
    key: crypto.randomUUID(),
    form: {},
    contact: { name: "", phone: "" },
    delivery: { method: service.delivery[0] ?? "pickup", name: "", phone: "", address: "" },
    agent: { on: false, name: "", id_number: "", phone: "" },
    renews: "",
    handed: [],
    receipt: null,
  };
}

/** Write the application as the API takes it. */
export function applicationOf(service: Service, draft: Draft): Application {
  const form = cleaned(fieldsOf(service.form), draft.form);
  const { contact, delivery, agent } = draft;
  const name = contact.name.trim();
  return {
    service: service.code,
    form: form as Application["form"],
    contact: { phone: tidied(contact.phone, "mobile"), ...(name ? { name } : {}) },
    delivery:
      delivery.method === "courier"
        ? { method: "courier", name: delivery.name.trim(), phone: tidied(delivery.phone, "mobile"), address: delivery.address.trim() }
        : { method: delivery.method },
    ...(agent.on ? { agent: { name: agent.name.trim(), id_number: tidied(agent.id_number, "id-number"), phone: tidied(agent.phone, "mobile") } } : {}),
    ...(draft.renews?.trim() ? { renews: draft.renews.replace(/\s/g, "") } : {}),
    ...(draft.handed.length ? { materials: draft.handed.map((each) => ({ code: each.code, material_id: each.materialId })) } : {}),
  };
}

/** Every fault by path, as the API would name it: `form.name`, `contact.phone`, `delivery.address`. */
export function draftFaults(service: Service, application: Application): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, message] of Object.entries(faultsOf(fieldsOf(service.form), application.form as Values))) found[`form.${name}`] = message;
  if (application.renews !== undefined && !/^\d{16}$/.test(application.renews)) found["renews"] = "证照编号是16位数字";
  if (!isMobile(application.contact.phone)) found["contact.phone"] = FORMATS.mobile.words;
  const { delivery, agent } = application;
  if (delivery?.method === "courier") {
    if (!delivery.name) found["delivery.name"] = "收件人姓名不能为空";
    if (!isMobile(delivery.phone ?? "")) found["delivery.phone"] = FORMATS.mobile.words;
    if ((delivery.address ?? "").length < 5) found["delivery.address"] = "收件地址请写到门牌号";
  }
  if (agent) {
    if (!agent.name) found["agent.name"] = "代办人姓名不能为空";
    if (!isIdNumber(agent.id_number)) found["agent.id_number"] = FORMATS["id-number"].words;
    if (!isMobile(agent.phone)) found["agent.phone"] = FORMATS.mobile.words;
  }
  return found;
}
