import { grouped } from "@shared/caseNo";
import { undecided } from "@shared/statuses";
import { CHANNEL_NAMES } from "@shared/vocabulary";
import type { CaseSummary } from "../api/types";
import { moment } from "../lib/format";
import { useKeys } from "../lib/keys";
import { CaseLamp } from "../ui/Lamp";
import { StatusTag } from "../ui/StatusTag";

/** What was found; J and K move, Enter opens. */
export function FoundTable({ cases, onOpen }: { cases: CaseSummary[]; onOpen: (caseNo: string) => void }) {
  const move = (by: number) => {
    const links = [...document.querySelectorAll<HTMLElement>("[data-found]")];
    const at = links.findIndex((link) => link === document.activeElement);
    links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
  };
  useKeys("查询结果", [
    { keys: ["j", "ArrowDown"], label: "下一件", run: () => move(1) },
    { keys: ["k", "ArrowUp"], label: "上一件", run: () => move(-1) },
  ]);
  return (
    <div className="card" style={{ padding: 0, overflowX: "auto" }}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">办件号</th>
            <th scope="col">事项</th>
            <th scope="col">申请人</th>
            <th scope="col">状态</th>
            <th scope="col">渠道</th>
            <th scope="col">收件时间</th>
            <th scope="col">办结日期</th>
          </tr>
        </thead>
        <tbody>
          {cases.map((each) => (
            <tr key={each.case_no}>
              <td className="num">
                <a
                  data-found
                  href={`#/cases/${each.case_no}`}
                  onClick={(event) => {
                    event.preventDefault();
                    onOpen(each.case_no);
                  }}
                >
                  {grouped(each.case_no)}
                </a>
              </td>
              <td>{each.service_name}</td>
              <td>{each.applicant}</td>
              <td>
                <StatusTag status={each.status} name={each.status_name} />
              </td>
              <td>{CHANNEL_NAMES[each.channel]}</td>
              <td className="num">{moment(each.received_at)}</td>
              <td className="num">
                {!each.clock.paused_since && `${each.clock.accepted ? "承诺" : "预计"} ${each.promised_by} `}
                {undecided(each.status) && <CaseLamp file={each} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
