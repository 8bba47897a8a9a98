/** What a clerk fills in for the person at the window, and how it becomes an application. */
import type { Application, DeliveryMethod, Receipt, Service } from "../api/types";
import { mobile, idNumber, MESSAGES } from "../lib/formats";
import { type Values, faults, fieldsOf, tidyAll } from "../lib/schemaForm";

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
    handed: [],
    receipt: null,
  };
}

/** Write the application as the API takes it. */
export function applicationOf(service: Service, draft: Draft): Application {
  const form = tidyAll(fieldsOf(service.form), draft.form);
  const { contact, delivery, agent } = draft;
  const name = contact.name.trim();
  return {
    service: service.code,
    form: form as Application["form"],
    contact: { phone: squeezed(contact.phone), ...(name ? { name } : {}) },
    delivery:
      delivery.method === "courier"
        ? { method: "courier", name: delivery.name.trim(), phone: squeezed(delivery.phone), address: delivery.address.trim() }
        : { method: delivery.method },
    ...(agent.on ? { agent: { name: agent.name.trim(), id_number: squeezed(agent.id_number).toUpperCase(), phone: squeezed(agent.phone) } } : {}),
    ...(draft.handed.length ? { materials: draft.handed.map((each) => ({ code: each.code, material_id: each.materialId })) } : {}),
  };
}

function squeezed(text: string): string {
  return text.replace(/[\s-]/g, "");
}

/** Every fault by path, as the API would name it: `form.name`, `contact.phone`, `delivery.address`. */
export function draftFaults(service: Service, application: Application): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, message] of Object.entries(faults(fieldsOf(service.form), application.form as Values))) found[`form.${name}`] = message;
  if (!mobile(application.contact.phone)) found["contact.phone"] = MESSAGES["mobile"]!;
  const { delivery, agent } = application;
  if (delivery?.method === "courier") {
    if (!delivery.name) found["delivery.name"] = "收件人姓名不能为空";
    if (!mobile(delivery.phone ?? "")) found["delivery.phone"] = MESSAGES["mobile"]!;
    if ((delivery.address ?? "").length < 5) found["delivery.address"] = "收件地址请写到门牌号";
  }
  if (agent) {
    if (!agent.name) found["agent.name"] = "代办人姓名不能为空";
    if (!idNumber(agent.id_number)) found["agent.id_number"] = MESSAGES["id-number"]!;
    if (!mobile(agent.phone)) found["agent.phone"] = MESSAGES["mobile"]!;
  }
  return found;
}
