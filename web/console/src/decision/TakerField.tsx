import { Input, Radio } from "antd";
import { TAKER_NAMES, type Taker } from "@shared/vocabulary";

interface Props {
  taker: Taker | null;
  name: string;
  onTaker: (taker: Taker) => void;
  onName: (name: string) => void;
}

/** Who signs for a result at the window: nobody is ticked before somebody stands there. */
export function TakerField({ taker, name, onTaker, onName }: Props) {
  return (
    <div className="decision-taker" data-first>
      <Radio.Group
        aria-label="由谁签收"
        value={taker}
        onChange={(event) => onTaker(event.target.value as Taker)}
        options={Object.entries(TAKER_NAMES).map(([value, label]) => ({ value, label: `${label}签收` }))}
      />
      {taker === "other" && <Input aria-label="领取人姓名" placeholder="领取人姓名，写在送达回证上" maxLength={40} value={name} onChange={(event) => onName(event.target.value)} />}
    </div>
  );
}
