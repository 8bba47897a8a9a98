import { useState } from "react";
import type { Service, StaffCase } from "../api/types";
import { useKeys } from "../lib/keys";
import { Preview } from "./Preview";

/** What was handed in, to look at beside the form; what is lacking. */
export function MaterialsCard({ file, service }: { file: StaffCase; service: Service | undefined }) {
  const handed = file.materials;
  const lacking = file.missing_materials ?? [];
  const checked = (service?.materials ?? []).filter((each) => each.source === "government");
  const [place, setPlace] = useState<number | null>(null);
  const open = place === null ? undefined : handed[place];
  useKeys(
    "材料",
    handed.length ? [{ keys: ["m"], label: "看下一份材料", run: () => setPlace((before) => (before === null ? 0 : (before + 1) % handed.length)) }] : [],
  );
  return (
    <section className="card materials" aria-label="申请材料">
      <h2>
        申请材料 <span className="tag">{handed.length} 份</span>
        {lacking.length > 0 && <span className="tag near">缺 {lacking.length} 份</span>}
      </h2>
      <ul className="material-list">
        {handed.map((each, index) => (
          <li key={each.material_id}>
            <button type="button" className="material-button" aria-pressed={index === place} onClick={() => setPlace(index === place ? null : index)}>
              <span aria-hidden="true">✓</span> {each.name ?? each.code}
            </button>
          </li>
        ))}
        {lacking.map((each) => (
          <li key={each.code} className="material-lacking">
            <span aria-hidden="true">✗</span> {each.name}
            <span className="tag near">没有提交</span>
          </li>
        ))}
        {checked.map((each) => (
          <li key={each.code} className="material-checked">
            <span aria-hidden="true">≈</span> {each.name}
            <span className="tag">免提交，部门核验</span>
          </li>
        ))}
      </ul>
      {!handed.length && !lacking.length && !checked.length && <p className="faint">这个事项不用提交材料</p>}
      {open && <Preview key={open.material_id} caseNo={file.case_no} material={open} onClose={() => setPlace(null)} />}
    </section>
  );
}
