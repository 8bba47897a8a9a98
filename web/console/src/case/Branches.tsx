import { lampOf, today } from "@shared/days";
import { TASK_STATE_NAMES, type Outcome } from "@shared/vocabulary";
import { outcomeName } from "@shared/words";
import type { Branch, Service } from "../api/types";
import { moment } from "../lib/format";
import { kindOf } from "../lib/kinds";
import { Lamp } from "../ui/Lamp";

const LOOKS: Record<Outcome, string> = {
  approve: "ok", reject: "late", correct: "near", return: "brand", countersign: "brand", appeal: "near", missed: "near",
  resend: "ok", collect: "ok", reissue: "near", retry: "near",
};

/** What each department does with the case (并联审批). */
export function Branches({ branches, service }: { branches: Branch[]; service: Service | undefined }) {
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
              <BranchState branch={each} service={service} />
            </p>
            {each.asked && (
              <p className="faint">
                {each.asked_by}要看：{each.asked}
              </p>
            )}
            {each.opinion && <p>意见：{each.opinion}</p>}
            {each.decided_at && <p className="faint num">{moment(each.decided_at)}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function BranchState({ branch, service }: { branch: Branch; service: Service | undefined }) {
  if (branch.outcome) return <span className={`tag ${LOOKS[branch.outcome]}`}>{outcomeName(branch.outcome, kindOf(branch.stage, service))}</span>;
  const word = TASK_STATE_NAMES[branch.status];
  if (branch.status === "decided" || branch.status === "cancelled") return <span className="tag">{word}</span>;
  return (
    <>
      <span className="tag brand">{word}</span>
      {branch.due && <Lamp lamp={lampOf(branch.due, today(), branch.days)} due={branch.due} provisional={branch.provisional} />}
    </>
  );
}
