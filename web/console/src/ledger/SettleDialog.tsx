import { Input, Radio } from "antd";
import { useState } from "react";
import { GAP_KIND_NAMES, SETTLEMENT_NAMES, type Settlement } from "@shared/vocabulary";
import type { Gap } from "../api/types";
import { Dialog } from "../ui/Dialog";
import { useSettlement } from "./useLedger";

/** Say how a gap came to its end, and how one knows. */
export function SettleDialog({ gap, onClose }: { gap: Gap; onClose: () => void }) {
  const [how, setHow] = useState<Settlement>("explained");
  const [note, setNote] = useState("");
  const [lacking, setLacking] = useState("");
  const { send, busy, fault } = useSettlement(gap, onClose);
  const submit = () => {
    const why = note.trim().length < 2 ? "请写明怎样核对、怎样处理的" : "";
    setLacking(why);
    if (!why) send({ how, note: note.trim() });
  };
  return (
    <Dialog title={`处理差错：${GAP_KIND_NAMES[gap.kind]}`} submit="处理完毕" busy={busy} fault={lacking || fault} onSubmit={submit} onClose={onClose}>
      <p className="faint">
        {gap.day} · <span className="num">{gap.number}</span>
      </p>
      <Radio.Group value={how} onChange={(event) => setHow(event.target.value as Settlement)} options={Object.entries(SETTLEMENT_NAMES).map(([value, label]) => ({ value, label }))} />
      <Input.TextArea aria-label="说明" value={note} maxLength={200} rows={3} placeholder="怎样核对、怎样处理的，如商户平台的退款单号" onChange={(event) => setNote(event.target.value)} />
    </Dialog>
  );
}
