import { Checkbox, Input } from "antd";
import type { Line, Ticked } from "./checklist";

interface Props {
  line: Line;
  ticked: Ticked | undefined;
  onChange: (ticked: Ticked) => void;
}

/** One thing that may be asked for: tick it, say what is wrong (the usual reasons are suggested). */
export function CheckLine({ line, ticked, onChange }: Props) {
  const on = ticked?.on ?? false;
  const usual = line.wrongs;
  const list = `wrong-${line.group}-${line.code}`;
  return (
    <div className={on ? "check-line on" : "check-line"}>
      <Checkbox checked={on} onChange={(event) => onChange({ on: event.target.checked, text: ticked?.text || (usual[0] ?? "") })}>
        {line.name}
        {line.lacking && <span className="tag near">还没交</span>}
      </Checkbox>
      {on && (
        <>
          <Input size="small" aria-label={`${line.name}：哪里需要补正`} list={list} value={ticked?.text} maxLength={150} onChange={(event) => onChange({ on: true, text: event.target.value })} />
          <datalist id={list}>
            {usual.map((text) => (
              <option key={text} value={text} />
            ))}
          </datalist>
          <span className="check-usual">
            {usual.map((text) => (
              <button type="button" key={text} tabIndex={-1} onClick={() => onChange({ on: true, text })}>
                {text}
              </button>
            ))}
          </span>
        </>
      )}
    </div>
  );
}
