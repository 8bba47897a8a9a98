import { materialsFor } from "@shared/materials";
import type { Service } from "../api/types";
import { HandInRow } from "./HandInRow";
import type { Intake } from "./useIntake";

/** The materials this person needs, shortened by what the form says; each is scanned in. */
export function HandIn({ service, intake }: { service: Service; intake: Intake }) {
  const needed = materialsFor(service, intake.draft.form);
  const own = needed.filter((each) => each.source === "self");
  const checked = needed.filter((each) => each.source === "government");
  return (
    <section className="card" aria-label="收取材料">
      <h2>
        收取材料 <span className="tag">{intake.draft.handed.length} / {own.length}</span>
      </h2>
      {own.length === 0 && <p className="faint">这个事项不用群众提交材料</p>}
      <ul className="hand-in">
        {own.map((each) => (
          <HandInRow
            key={each.code}
            material={each}
            handed={intake.draft.handed.find((one) => one.code === each.code)}
            onHanded={(handed) => intake.set(`materials.${each.code}`, (before) => ({ ...before, handed: [...before.handed.filter((one) => one.code !== each.code), ...(handed ? [handed] : [])] }))}
          />
        ))}
      </ul>
      {checked.length > 0 && <p className="field-help">免提交（部门之间核验）：{checked.map((each) => each.name).join("、")}</p>}
      <p className="field-help">暂时缺材料也可以先收件，凭证上会写明还缺什么。</p>
    </section>
  );
}
