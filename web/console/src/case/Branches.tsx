import { lampOf, today } from "@shared/days";
import type { Branch } from "../api/types";
import { moment } from "../lib/format";
import { Lamp } from "../ui/Lamp";

const OUTCOMES = { approve: { name: "同意", look: "ok" }, reject: { name: "不同意", look: "late" }, correct: { name: "要求补正", look: "near" } } as const;

/** What each department does with the case (并联审批). */
export function Branches({ branches }: { branches: Branch[] }) {
  return (
    <section className="card" aria-label="各部门办理情况">
      <h2>各部门办理情况</h2>
      {branches.length === 0 && <p className="faint">还没有转到部门</p>}
      <ul className="branches">
        {branches.map((each, place) => (
          <li key={each.task_id ?? place}>
            <p className="timeline-head">
              <b>{each.department_name || each.department}</b>
              <span>{each.stage_name}</span>
              <BranchState branch={each} />
            </p>
            {each.opinion && <p>意见：{each.opinion}</p>}
            {each.decided_at && <p className="faint num">{moment(each.decided_at)}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function BranchState({ branch }: { branch: Branch }) {
  if (branch.outcome) return <span className={`tag ${OUTCOMES[branch.outcome].look}`}>{OUTCOMES[branch.outcome].name}</span>;
  if (branch.status === "done") return <span className="tag">已结束</span>;
  return (
    <>
      <span className="tag brand">{branch.status === "claimed" ? "在办" : "待认领"}</span>
      {branch.due && <Lamp lamp={lampOf(branch.due, today())} due={branch.due} />}
    </>
  );
}
