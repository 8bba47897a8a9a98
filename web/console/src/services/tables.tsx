import { fieldsOf } from "@shared/form";
import { MATERIAL_FORM_NAMES, MATERIAL_NEED_NAMES, TASK_KIND_NAMES } from "@shared/vocabulary";
import type { Service } from "../api/types";

export function StagesTable({ service, names }: { service: Service; names: Record<string, string> }) {
  return (
    <section className="card" aria-label="办理环节">
      <h2>办理环节</h2>
      <ol className="stages">
        {service.stages.map((each) => (
          <li key={each.id}>
            <b>{each.name}</b>
            <span className="tag brand">{TASK_KIND_NAMES[each.kind]}</span>
            <span>{each.departments.map((code) => names[code] ?? code).join(" ＋ ")}</span>
            <span className="faint">{each.limit_days} 个工作日内{each.departments.length > 1 ? "，并联审批" : ""}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

export function MaterialsTable({ service }: { service: Service }) {
  const when = (code: string) =>
    service.situations.flatMap((situation) => situation.options.filter((option) => option.materials.includes(code)).map((option) => option.label)).join("、");
  return (
    <section className="card" aria-label="申请材料">
      <h2>申请材料</h2>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">名称</th>
            <th scope="col">必要性</th>
            <th scope="col">形式</th>
            <th scope="col">格式</th>
            <th scope="col">什么情形需要</th>
          </tr>
        </thead>
        <tbody>
          {service.materials.map((each) => (
            <tr key={each.code}>
              <td>{each.name}</td>
              <td>{each.source === "government" ? "免提交" : MATERIAL_NEED_NAMES[each.need]}</td>
              <td>
                {MATERIAL_FORM_NAMES[each.form]} {each.copies} 份
              </td>
              <td>
                {each.format}
                {each.note && <span className="faint">（{each.note}）</span>}
              </td>
              <td>{when(each.code) || "都需要"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function FieldsTable({ service }: { service: Service }) {
  return (
    <section className="card" aria-label="申请表">
      <h2>申请表</h2>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">填写项</th>
            <th scope="col">必填</th>
            <th scope="col">怎么问</th>
            <th scope="col">可选项或示例</th>
          </tr>
        </thead>
        <tbody>
          {fieldsOf(service.form).map((field) => (
            <tr key={field.name}>
              <td>{field.title}</td>
              <td>{field.required ? "是" : "否"}</td>
              <td>{field.ask}</td>
              <td>{field.choices.map((choice) => choice.label).join("、") || field.example || "—"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function Bullets({ title, items }: { title: string; items: string[] }) {
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      <ol className="bullets">
        {items.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ol>
    </section>
  );
}
