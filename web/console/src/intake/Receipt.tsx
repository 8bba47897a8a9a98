import { Button } from "antd";
import { useEffect } from "react";
import { grouped } from "@shared/caseNo";
import { AWAITED, chineseDay } from "@shared/days";
import { totalText } from "@shared/fee";
import type { Receipt as Received, Service } from "../api/types";
import { moment } from "../lib/format";
import { useKeys } from "../lib/keys";
import { renewalText } from "../certificates/renewal";
import { clerk } from "../session/session";
import type { Draft } from "./draft";
import "./receipt.css";

interface Props {
  service: Service;
  draft: Draft;
  receipt: Received;
  onNext: () => void;
}

/** 收件凭证: on paper for the person at the window. */
export function Receipt({ service, draft, receipt, onNext }: Props) {
  useKeys("收件凭证", [
    { keys: ["p", "Enter"], label: "打印凭证", run: (event) => (event.key === "Enter" && event.target instanceof HTMLButtonElement ? false : window.print()) },
    { keys: ["n"], label: "下一位", run: onNext },
  ]);
  useEffect(() => document.getElementById("receipt-title")?.focus(), []);
  const applicant = service.applicant?.name ? String(draft.form[service.applicant.name] ?? "") : draft.contact.name;
  const keyed = /^\d{3}[\dX]$/i.test(String(draft.form[service.applicant?.id ?? ""] ?? "").slice(-4));
  const lacking = receipt.missing_materials;
  return (
    <div className="page receipt-page">
      <header>
        <h1 id="receipt-title" tabIndex={-1}>
          已收件
        </h1>
        <span className="grow" />
        <Button onClick={() => window.print()} type="primary">
          打印凭证 <kbd>P</kbd>
        </Button>
        <Button onClick={onNext}>
          下一位 <kbd>N</kbd>
        </Button>
      </header>
      <section className="receipt" aria-label="收件凭证">
        <h2>成都市政务服务收件凭证</h2>
        <p className="receipt-no">
          <span>办件号</span>
          <b className="num">{grouped(receipt.case_no)}</b>
        </p>
        <dl>
          <dt>事项</dt>
          <dd>{receipt.service_name}</dd>
          <dt>申请人</dt>
          <dd>{applicant || "—"}</dd>
          {draft.agent.on && (
            <>
              <dt>代办人</dt>
              <dd>{draft.agent.name}</dd>
            </>
          )}
          {receipt.fee && (
            <>
              <dt>收费</dt>
              <dd>按申请表所填，准予后{receipt.fee.total_fen ? `应缴费${totalText(receipt.fee.total_fen)}` : "不用缴费"}</dd>
            </>
          )}
          {receipt.renewal && (
            <>
              <dt>延续的证照</dt>
              <dd>{renewalText(receipt.renewal)}</dd>
            </>
          )}
          <dt>收件时间</dt>
          <dd className="num">{moment(receipt.received_at)}</dd>
          <dt>{receipt.clock.accepted ? "承诺办结" : "预计办结"}</dt>
          <dd>
            <b>{chineseDay(receipt.promised_by)}前</b>
            {receipt.clock.provisional && AWAITED}
          </dd>
        </dl>
        <h3>已收材料（{draft.handed.length} 份）</h3>
        {draft.handed.length ? (
          <ol>
            {draft.handed.map((each) => (
              <li key={each.code}>{each.name}</li>
            ))}
          </ol>
        ) : (
          <p>没有收取材料</p>
        )}
        {lacking.length > 0 && (
          <>
            <h3>还需补交（{lacking.length} 份）</h3>
            <ol>
              {lacking.map((each) => (
                <li key={each.code}>{each.name}</li>
              ))}
            </ol>
          </>
        )}
        <p className="receipt-note">
          本凭证表示已收到申请。凭办件号和证件号码后四位，可在“蓉易办”小程序、网页、短信{keyed && "或拨打 12345 "}查询进度。咨询电话：{service.department_phone}。
        </p>
        <p className="receipt-sign">
          <span>收件人：{clerk.get()?.username}</span>
          <span>申请人（签字）：＿＿＿＿＿＿＿＿</span>
        </p>
      </section>
    </div>
  );
}
