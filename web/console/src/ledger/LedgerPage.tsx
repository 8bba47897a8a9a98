import { Button } from "antd";
import { yuan } from "@shared/money";
import { DAY_STATE_NAMES, GAP_KIND_NAMES } from "@shared/vocabulary";
import { useEffect, useState } from "react";
import type { Gap, LedgerDay } from "../api/types";
import { Loading, Problem } from "../ui/Problem";
import { SettleDialog } from "./SettleDialog";
import { useLedger } from "./useLedger";

const money = (fen: number | undefined) => (fen === undefined ? "—" : `${yuan(fen)}元`);

/** What the accountants look at: gaps to settle by their day, and whether each day is closed (平账). */
export function LedgerPage() {
  const ledger = useLedger();
  const [settling, setSettling] = useState<Gap | null>(null);
  useEffect(() => {
    document.title = "对账 · 蓉易办工作台";
  }, []);
  const pages = ledger.data?.pages ?? [];
  const gaps = pages.flatMap((page) => page.gaps);
  return (
    <div className="page">
      <header>
        <h1>对账</h1>
      </header>
      {!ledger.data && (ledger.isError ? <Problem error={ledger.error} retry={() => void ledger.refetch()} /> : <Loading what="账目" />)}
      {ledger.data && <Gaps gaps={gaps} onSettle={setSettling} />}
      {ledger.hasNextPage && <Button onClick={() => void ledger.fetchNextPage()}>更多</Button>}
      {pages[0] && <Days days={pages[0].days} />}
      {settling && <SettleDialog gap={settling} onClose={() => setSettling(null)} />}
    </div>
  );
}

function Gaps({ gaps, onSettle }: { gaps: Gap[]; onSettle: (gap: Gap) => void }) {
  if (!gaps.length) return <p className="blank">没有待处理的差错。</p>;
  return (
    <table className="table" aria-label="待处理的差错">
      <thead>
        <tr>{["账单日期", "种类", "交易号或退款单号", "办件号", "我方", "账单", "最迟处理", ""].map((name) => <th key={name}>{name}</th>)}</tr>
      </thead>
      <tbody>
        {gaps.map((gap) => (
          <tr key={gap.gap_id}>
            <td className="num">{gap.day}</td>
            <td>{GAP_KIND_NAMES[gap.kind]}</td>
            <td className="num">{gap.number}</td>
            <td className="num">{gap.case_no ?? "—"}</td>
            <td className="num">{money(gap.ours_fen)}</td>
            <td className="num">{money(gap.theirs_fen)}</td>
            <td className="num">{gap.due}</td>
            <td>
              <Button onClick={() => onSettle(gap)}>处理</Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Days({ days }: { days: LedgerDay[] }) {
  return (
    <table className="table" aria-label="各天的对账">
      <thead>
        <tr>{["日期", "支付方", "状态", "笔数", "收款", "退款", "差错"].map((name) => <th key={name}>{name}</th>)}</tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <tr key={`${day.party}.${day.day}`}>
            <td className="num">{day.day}</td>
            <td>{day.party_name}</td>
            <td>{DAY_STATE_NAMES[day.state]}{day.state === "waiting" && day.tries ? `，已试${day.tries}次` : ""}</td>
            <td className="num">{day.lines ?? "—"}</td>
            <td className="num">{money(day.came_fen)}</td>
            <td className="num">{money(day.went_fen)}</td>
            <td className="num">{day.gaps ? `${day.gaps}（待处理${day.open ?? 0}）` : "无"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
