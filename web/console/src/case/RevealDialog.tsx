import { Input, Radio } from "antd";
import { useState } from "react";
import { Dialog } from "../ui/Dialog";

const PURPOSES = ["核对申请人身份", "联系申请人", "制作或邮寄结果", "核查申请内容", "核实差评", "复核更正"];
const OTHER = "其他";

interface Props {
  busy: boolean;
  fault: string | undefined;
  onSubmit: (purpose: string) => void;
  onClose: () => void;
}

/** Why somebody needs to read personal data in clear. The answer is written to the audit record. */
export function RevealDialog({ busy, fault, onSubmit, onClose }: Props) {
  const [choice, setChoice] = useState(PURPOSES[0]!);
  const [text, setText] = useState("");
  const [lacking, setLacking] = useState("");
  const submit = () => {
    const purpose = choice === OTHER ? text.trim() : choice;
    if (purpose.length < 2) return setLacking("请写明用途");
    setLacking("");
    onSubmit(purpose);
  };
  return (
    <Dialog title="查看完整个人信息" submit="查看" busy={busy} fault={lacking || fault} onSubmit={submit} onClose={onClose}>
      <p className="case-note near">每次查看都会记录查看人、时间和用途。请只在办件需要时查看。</p>
      <Radio.Group aria-label="用途" value={choice} onChange={(event) => setChoice(String(event.target.value))} style={{ display: "grid", gap: 8 }}>
        {[...PURPOSES, OTHER].map((each) => (
          <Radio key={each} value={each}>
            {each}
          </Radio>
        ))}
      </Radio.Group>
      {choice === OTHER && <Input aria-label="用途" placeholder="写明用途" maxLength={200} autoFocus value={text} onChange={(event) => setText(event.target.value)} style={{ marginTop: 10 }} />}
    </Dialog>
  );
}
