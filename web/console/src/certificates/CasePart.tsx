import { useState } from "react";
import { Button } from "antd";
import { grouped } from "@shared/caseNo";
import { chineseDay } from "@shared/days";
import { CERTIFICATE_STATE_NAMES, type CertificateState } from "@shared/vocabulary";
import type { StaffCase } from "../api/types";
import { Fact } from "../case/FormCard";
import { useStore } from "../lib/store";
import { clerk, has } from "../session/session";
import { ActDialog } from "./ActDialog";
import type { CertificateAct } from "./useAct";

const LOOKS: Record<CertificateState, string> = { valid: "ok", expired: "near", revoked: "late" };

/** The newest certificate of a case; a supervisor of the department that issued it revokes or reissues it here. */
export default function CasePart({ file }: { file: StaffCase }) {
  const sitting = useStore(clerk);
  const [act, setAct] = useState<CertificateAct | null>(null);
  const certificate = file.certificate;
  if (!certificate) return null;
  const { state } = certificate;
  const may = has(sitting, "supervisor") && sitting?.department === certificate.department;
  return (
    <section className="card" aria-label="电子证照">
      <h2>
        电子证照 <span className={`tag ${LOOKS[state]}`}>{CERTIFICATE_STATE_NAMES[state]}</span>
      </h2>
      <dl className="facts">
        <Fact title="证照" text={certificate.type} />
        <Fact title="编号" text={grouped(certificate.number)} />
        <Fact title="持证人" text={certificate.holder} />
        <Fact title="有效期" text={`${chineseDay(certificate.valid_from)}起，${certificate.valid_to ? `至${chineseDay(certificate.valid_to)}` : "长期有效"}`} />
        <Fact title="发证部门" text={certificate.issuer} />
      </dl>
      {may && (
        <p className="timeline-head" style={{ marginTop: 10 }}>
          {state !== "expired" && <Button onClick={() => setAct("reissue")}>换发</Button>}
          {state !== "revoked" && (
            <Button danger onClick={() => setAct("revocation")}>
              注销
            </Button>
          )}
        </p>
      )}
      {act && <ActDialog act={act} certificate={certificate} caseNo={file.case_no} onClose={() => setAct(null)} />}
    </section>
  );
}
