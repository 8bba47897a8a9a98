import { CopyOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { grouped } from "@shared/caseNo";
import { lampOf, today } from "@shared/days";
import { undecided } from "@shared/statuses";
import { CHANNEL_NAMES } from "@shared/vocabulary";
import type { StaffCase } from "../api/types";
import { moment } from "../lib/format";
import { Lamp } from "../ui/Lamp";
import { StatusTag } from "../ui/StatusTag";
import { say } from "../ui/toast";

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say("已复制办件号");
  } catch {
    say("浏览器不允许复制，请手动选择", "near");
  }
}

export function CaseHeader({ file, actions, due }: { file: StaffCase; actions?: ReactNode; due?: string | null | undefined }) {
  const open = undecided(file.status);
  return (
    <header className="case-header">
      <div className="case-title">
        <h1 id="case-title" tabIndex={-1}>
          {file.service_name}
        </h1>
        <StatusTag status={file.status} name={file.status_name} />
        {open && <Lamp lamp={lampOf(due ?? file.promised_by, today())} due={due ?? file.promised_by} />}
      </div>
      <dl className="case-line">
        <div>
          <dt>办件号</dt>
          <dd className="num">
            {grouped(file.case_no)}
            <button type="button" className="copy" aria-label="复制办件号" title="复制办件号" onClick={() => void copy(file.case_no)}>
              <CopyOutlined aria-hidden />
            </button>
          </dd>
        </div>
        <div>
          <dt>申请人</dt>
          <dd>{file.applicant || "—"}</dd>
        </div>
        <div>
          <dt>渠道</dt>
          <dd>{CHANNEL_NAMES[file.channel]}</dd>
        </div>
        <div>
          <dt>收件</dt>
          <dd className="num">{moment(file.received_at)}</dd>
        </div>
        <div>
          <dt>承诺办结</dt>
          <dd className="num">{file.promised_by}</dd>
        </div>
        {due && (
          <div>
            <dt>本环节期限</dt>
            <dd className="num">{due.slice(0, 10)}</dd>
          </div>
        )}
        {file.official_no && (
          <div>
            <dt>办件编号</dt>
            <dd className="num">{file.official_no}</dd>
          </div>
        )}
      </dl>
      {actions && <div className="case-actions">{actions}</div>}
    </header>
  );
}
