import { Button, Input } from "antd";
import { useKeys } from "../lib/keys";

interface Props {
  label: string;
  value: string;
  templates: string[];
  required?: boolean;
  maxLength?: number;
  onChange: (value: string) => void;
}

/** An opinion, with the templates one key away. */
export function OpinionField({ label, value, templates, required = false, maxLength = 1000, onChange }: Props) {
  return (
    <div className="opinion">
      <label htmlFor="opinion">
        {label}
        {required && <span className="faint">（必填）</span>}
      </label>
      <Input.TextArea
        id="opinion"
        value={value}
        maxLength={maxLength}
        autoSize={{ minRows: 3, maxRows: 8 }}
        onChange={(event) => onChange(event.target.value)}
      />
      <Templates texts={templates} onPick={onChange} />
    </div>
  );
}

/** Ready words, each one key away (Alt+1 …). */
export function Templates({ texts, onPick }: { texts: readonly string[]; onPick: (text: string) => void }) {
  useKeys(
    "意见模板",
    texts.map((text, place) => ({ keys: [`Alt+${place + 1}`], always: true, run: () => onPick(text) })),
  );
  if (!texts.length) return null;
  return (
    <ul className="opinion-templates" aria-label="意见模板">
      {texts.map((text, place) => (
        <li key={text}>
          <Button size="small" type="text" onClick={() => onPick(text)}>
            <kbd>Alt+{place + 1}</kbd> <span>{text}</span>
          </Button>
        </li>
      ))}
    </ul>
  );
}
