import { DELIVERY_METHOD_NAMES, LEVEL_NAMES, SHIPMENT_STATE_NAMES, type Level } from "@shared/vocabulary";
import type { Revealed, StaffCase } from "../api/types";
import { Fact } from "./FormCard";

interface Person {
  name?: string;
  phone?: string;
  address?: string;
  id_number?: string;
}

/** Whom to reach, how the result goes out, how it was rated. */
export function SidesCard({ file, clear }: { file: StaffCase; clear: Revealed | null }) {
  const contact = (clear?.contact ?? file.contact ?? {}) as Person;
  const delivery = file.delivery;
  const place = (clear?.delivery ?? delivery ?? {}) as Person;
  const agent = (clear?.agent ?? null) as Person | null;
  const shipment = file.shipment;
  const last = shipment?.tracks.at(-1);
  return (
    <section className="card" aria-label="联系和送达">
      <h2>联系和送达</h2>
      <dl className="facts">
        <Fact title="联系人" text={[contact.name, contact.phone].filter(Boolean).join("　") || "—"} />
        {agent && <Fact title="代办人" text={[agent.name, agent.phone, agent.id_number].filter(Boolean).join("　")} />}
        {delivery && <Fact title="送达方式" text={[DELIVERY_METHOD_NAMES[delivery.method], place.name, place.phone, place.address].filter(Boolean).join("　")} />}
        {shipment && <Fact title="送达" text={[SHIPMENT_STATE_NAMES[shipment.state], shipment.carrier, shipment.waybill, last?.text].filter(Boolean).join("　")} />}
        {file.rating && <Fact title="评价" text={file.rating.levels.map((level) => LEVEL_NAMES[level as Level]).join("，追评：")} />}
      </dl>
    </section>
  );
}
