import { CopyOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { grouped } from "@shared/caseNo";
import { AWAITED } from "@shared/days";
import { undecided } from "@shared/statuses";
import { CHANNEL_NAMES } from "@shared/vocabulary";
import { awaiting } from "@shared/words";
import type { StaffCase, Task } from "../api/types";
import { renewalText } from "../certificates/renewal";
import { moment } from "../lib/format";
import { proposed } from "../lib/kinds";
import { CaseLamp, Lamp } from "../ui/Lamp";
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

/** The day until which a special procedure stops the clock, as it was begun last. */
function haltedUntil(timeline: StaffCase["timeline"]): string {
  const begun = timeline.filter(({ event }) => event === "suspended").at(-1);
  return String(begun?.data?.["due"] ?? "");
}

export function CaseHeader({ file, actions, task }: { file: StaffCase; actions?: ReactNode; task?: Task | undefined }) {
  const halted = file.status === "suspended" && !proposed(task?.kind);
  const open = undecided(file.status) && !halted;
  const until = halted ? haltedUntil(file.timeline) : "";
  return (
    <header className="case-header">
      <div className="case-title">
        <h1 id="case-title" tabIndex={-1}>
          {file.service_name}
        </h1>
        <StatusTag status={file.status} name={until ? `${file.status_name}，至${until}` : file.status_name} />
        {open && (task ? <Lamp lamp={task.lamp} due={task.due} provisional={task.provisional} /> : <CaseLamp file={file} />)}
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
          <dt>{file.clock.accepted ? "承诺办结" : "预计办结"}</dt>
          <dd className="num">
            {file.clock.paused_since ? awaiting(file) : file.promised_by}
            {!file.clock.paused_since && file.clock.provisional && AWAITED}
          </dd>
        </div>
        {task?.due && !halted && (
          <div>
            <dt>本环节期限</dt>
            <dd className="num">{task.due}</dd>
          </div>
        )}
        {file.renewal && (
          <div>
            <dt>延续</dt>
            <dd>
              {renewalText(file.renewal)}
              {file.renewal.state === "revoked" && "（这个证照现已注销）"}
            </dd>
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
