import { Button } from "antd";
import { useEffect } from "react";
import { useNavigate, useParams } from "react-router";
import { useCase, useService } from "../api/queries";
import { useKeys } from "../lib/keys";
import { Loading, Problem } from "../ui/Problem";
import { CaseView } from "./CaseView";
import { useReveal } from "./useReveal";

/** A case somebody looked up. */
export function CasePage() {
  const { caseNo = "" } = useParams();
  const go = useNavigate();
  const found = useCase(caseNo, true);
  const service = useService(found.data?.service);
  const reveal = useReveal(caseNo);
  const back = () => void go(-1);
  useKeys("办件查询", [{ keys: ["Escape"], label: "返回", run: back }]);
  useEffect(() => {
    document.title = `办件 ${caseNo} · 蓉易办工作台`;
  }, [caseNo]);
  useEffect(() => {
    if (found.data) document.getElementById("case-title")?.focus();
  }, [found.data?.case_no]);
  if (found.data)
    return (
      <CaseView
        file={found.data}
        reveal={reveal}
        service={service.data}
        actions={
          <Button onClick={back}>
            返回 <kbd>Esc</kbd>
          </Button>
        }
      />
    );
  return found.isError ? <Problem error={found.error} retry={() => void found.refetch()} /> : <Loading what="办件" />;
}
