import { Checkbox, Input, Radio } from "antd";
import { TAKER_NAMES, type Taker } from "@shared/vocabulary";
import type { Handing } from "./handing";

interface Props {
  handing: Handing;
  onChange: (part: Partial<Handing>) => void;
}

/** Who signs for a result at the window: nobody is ticked before somebody stands there, nor his document seen. */
export function TakerField({ handing, onChange }: Props) {
  return (
    <div className="decision-taker" data-first>
      <Radio.Group
        aria-label="由谁签收"
        value={handing.taker}
        onChange={(event) => onChange({ taker: event.target.value as Taker })}
        options={Object.entries(TAKER_NAMES).map(([value, label]) => ({ value, label: `${label}签收` }))}
      />
      {handing.taker === "other" && (
        <>
          <Input aria-label="领取人姓名" placeholder="领取人姓名，写在送达回证上" maxLength={40} value={handing.name} onChange={(event) => onChange({ name: event.target.value })} />
          <Input aria-label="证件号码后四位" placeholder="证件号码后四位，申请人登记过受托人的必填" maxLength={4} value={handing.id} onChange={(event) => onChange({ id: event.target.value.trim().toUpperCase() })} />
        </>
      )}
      <Input aria-label="取件码" placeholder="取件码（领取人说得出的填写）" inputMode="numeric" maxLength={6} value={handing.code} onChange={(event) => onChange({ code: event.target.value.trim() })} />
      <Checkbox checked={handing.seen} onChange={(event) => onChange({ seen: event.target.checked })}>
        已当面核对领取人的有效证件
      </Checkbox>
    </div>
  );
}
