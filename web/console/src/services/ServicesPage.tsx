import { Input } from "antd";
import { useEffect, useState } from "react";
import { NavLink, useNavigate, useParams } from "react-router";
import { useService, useServices } from "../api/queries";
import { useKeys } from "../lib/keys";
import { Loading, Problem } from "../ui/Problem";
import { ServiceFacts } from "./ServiceFacts";
import { pickServices } from "./pick";
import "./services.css";

/** Every service and what its file says about it. */
export function ServicesPage() {
  const { code } = useParams();
  const go = useNavigate();
  const services = useServices();
  const service = useService(code);
  const [words, setWords] = useState("");
  const shown = pickServices(services.data?.services ?? [], words);
  useEffect(() => {
    document.title = "事项 · 蓉易办工作台";
  }, []);
  const move = (by: number) => {
    const at = shown.findIndex((each) => each.code === code);
    const next = shown[Math.min(shown.length - 1, Math.max(0, at + by))];
    if (next) void go(`/services/${next.code}`);
  };
  useKeys("事项", [
    { keys: ["j", "ArrowDown"], label: "下一个事项", run: () => move(1) },
    { keys: ["k", "ArrowUp"], label: "上一个事项", run: () => move(-1) },
    { keys: ["/"], label: "查找事项", run: () => document.getElementById("service-words")?.focus() },
  ]);
  return (
    <div className="services">
      <nav className="services-list" aria-label="事项清单">
        <header>
          <h1>
            事项 <span className="num">{services.data?.services.length ?? ""}</span>
          </h1>
          <Input id="service-words" allowClear aria-label="查找事项" placeholder="名称、主题、部门（按 / 输入）" value={words} onChange={(event) => setWords(event.target.value)} onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()} />
        </header>
        {services.isPending && <Loading what="事项" />}
        {services.isError && !services.data && <Problem error={services.error} retry={() => void services.refetch()} />}
        <ul>
          {shown.map((each) => (
            <li key={each.code}>
              <NavLink to={`/services/${each.code}`}>
                <b>{each.name}</b>
                <span className="faint">
                  {each.department_name} · {each.project_type === "instant" ? "即办" : `${each.promised_days} 个工作日`}
                </span>
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <section className="services-facts" aria-label="事项内容" tabIndex={0}>
        {!code && <p className="blank">从左边选一个事项，查看办事指南、环节和时限</p>}
        {code && service.isPending && <Loading what="事项" />}
        {code && service.isError && <Problem error={service.error} retry={() => void service.refetch()} />}
        {code && service.data && <ServiceFacts service={service.data} />}
      </section>
    </div>
  );
}
