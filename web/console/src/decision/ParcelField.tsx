import { Checkbox, Input } from "antd";
import type { Parcel } from "./handing";

interface Props {
  parcel: Parcel;
  /** The courier gave this number; what is scanned is compared with it */
  known: string | undefined;
  onChange: (part: Partial<Parcel>) => void;
}

/** The number on the parcel, typed or scanned: of the courier's own label, or of one of paper. */
export function WaybillField({ parcel, known, onChange }: Props) {
  return (
    <div className="decision-taker" data-first>
      <Input aria-label="运单号" placeholder={known ? `扫描或填写面单上的运单号核对（${known}）` : "扫描或填写面单上的运单号"} maxLength={40} value={parcel.waybill} onChange={(event) => onChange({ waybill: event.target.value.trim() })} />
    </div>
  );
}

/** Another address for a parcel that is sent again; without one it goes to the address on record. */
export function AddressField({ parcel, onChange }: Omit<Props, "known">) {
  return (
    <div className="decision-taker" data-first>
      <Checkbox checked={parcel.elsewhere} onChange={(event) => onChange({ elsewhere: event.target.checked })}>
        寄到另一个地址
      </Checkbox>
      {parcel.elsewhere && (
        <>
          <Input aria-label="收件人姓名" placeholder="收件人姓名" maxLength={50} value={parcel.name} onChange={(event) => onChange({ name: event.target.value })} />
          <Input aria-label="收件人手机号码" placeholder="收件人手机号码" inputMode="tel" maxLength={11} value={parcel.phone} onChange={(event) => onChange({ phone: event.target.value.trim() })} />
          <Input aria-label="收件地址" placeholder="收件地址：省市区、街道、门牌号" maxLength={200} value={parcel.address} onChange={(event) => onChange({ address: event.target.value })} />
        </>
      )}
    </div>
  );
}
