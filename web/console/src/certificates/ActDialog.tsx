import { useState } from "react";
import { grouped } from "@shared/caseNo";
import { OpinionField } from "../decision/OpinionField";
import { Dialog } from "../ui/Dialog";
import { say } from "../ui/toast";
import { type Certificate, type CertificateAct, useAct } from "./useAct";
import "../decision/decision.css";

const WORDS: Record<CertificateAct, { name: string; note: string; templates: string[] }> = {
  revocation: {
    name: "注销",
    note: "注销的编号不能恢复；确属误注销的，由本部门另一位监督人员换发新证。持证人会收到通知和注销通知书，看到理由；对方核验时看到“已注销”。",
    templates: ["准予的决定已经依法撤销。", "持证人已不符合持证条件。", "持证人申请注销。"],
  },
  reissue: {
    name: "换发",
    note: "新证用新编号，截止日不变；旧证随即不再有效。您自己注销的，由本部门另一位监督人员换发。持证人会收到通知，看到理由。",
    templates: ["编号可能已经泄露，持证人申请换发。", "旧证误注销，予以换发。"],
  },
};

interface Props {
  act: CertificateAct;
  certificate: Certificate;
  caseNo: string;
  onClose: () => void;
}

/** Revoke or reissue a certificate, with a reason its holder reads. */
export function ActDialog({ act, certificate, caseNo, onClose }: Props) {
  const { name, note, templates } = WORDS[act];
  const [reason, setReason] = useState("");
  const [lacking, setLacking] = useState("");
  const { send, preview, busy, fault } = useAct(act, certificate, caseNo, () => {
    say(`已${name}：${certificate.type}`);
    onClose();
  });
  const whole = (then: (reason: string) => void) => () => {
    const short = reason.trim().length < 2;
    setLacking(short ? "请写明理由，持证人会看到它" : "");
    if (!short) then(reason.trim());
  };
  const paper = act === "revocation" ? { ...preview, show: whole(preview.ask) } : undefined;
  return (
    <Dialog title={`${name}：${certificate.type}`} submit={name} danger={act === "revocation"} busy={busy} fault={lacking || fault} preview={paper} onSubmit={whole(send)} onClose={onClose}>
      <p className="faint decision-who">
        持证人 {certificate.holder} · 编号 <span className="num">{grouped(certificate.number)}</span>
      </p>
      <p className="decision-note">{note}</p>
      <OpinionField label="理由" required value={reason} templates={templates} maxLength={200} onChange={setReason} />
    </Dialog>
  );
}
