import { useEffect } from "react";
import { useParams } from "react-router";
import { useService } from "../api/queries";
import { Loading, Problem } from "../ui/Problem";
import { IntakeDesk } from "./IntakeDesk";
import { ServicePicker } from "./ServicePicker";
import "./intake.css";

/** The window: a person is present, the clerk fills in (代录). */
export function IntakePage() {
  const { code } = useParams();
  const service = useService(code);
  useEffect(() => {
    document.title = "窗口收件 · 蓉易办工作台";
  }, []);
  if (!code) return <ServicePicker />;
  if (service.data) return <IntakeDesk key={code} service={service.data} />;
  return service.isError ? <Problem error={service.error} retry={() => void service.refetch()} /> : <Loading what="事项" />;
}
