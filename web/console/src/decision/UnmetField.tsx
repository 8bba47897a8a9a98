import { Checkbox } from "antd";
import type { Unmet } from "./unmet";

interface Props {
  conditions: readonly string[];
  unmet: Unmet;
  onChange: (unmet: Unmet) => void;
}

/** Which conditions of the service are not met: those of the service, and whether it is something else. */
export function UnmetField({ conditions, unmet, onChange }: Props) {
  return (
    <fieldset className="refer-to decision-unmet">
      <legend>不符合哪些条件</legend>
      <Checkbox.Group value={unmet.named} options={conditions.map((text) => ({ value: text, label: text }))} onChange={(named) => onChange({ ...unmet, named })} />
      <Checkbox checked={unmet.other} onChange={(event) => onChange({ ...unmet, other: event.target.checked })}>
        其他（写在理由里）
      </Checkbox>
    </fieldset>
  );
}
