import { AWAITED } from "@shared/days";
import { type Missing, askings } from "@shared/missing";

/** What the applicant still has to supplement, by who asks for it and the day it is waited for. */
export function MissingNote({ missing }: { missing: Missing[] }) {
  if (!missing.length) return null;
  return (
    <div className="case-note near">
      <p>正在等申请人补正</p>
      {askings(missing).map(({ department, department_name, due, provisional, items }) => (
        <p key={`${department} ${due}`}>
          {department_name}，<span className="num">{due}</span> 前{provisional && AWAITED}：{items.map(({ text }) => text).join("；")}
        </p>
      ))}
    </div>
  );
}
