import { Button } from "antd";
import { useEffect, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useActs } from "../acts/useActs";
import { useCase, useCaseService } from "../api/queries";
import { useKeys } from "../lib/keys";
import { SupplementDialog } from "../supplement/SupplementDialog";
import { Loading, Problem } from "../ui/Problem";
import { CaseView } from "./CaseView";
import { useReveal } from "./useReveal";

/** A case somebody looked up. */
export function CasePage() {
  const { caseNo = "" } = useParams();
  const go = useNavigate();
  const found = useCase(caseNo, true);
  const service = useCaseService(found.data);
  const reveal = useReveal(caseNo);
  const back = () => void go(-1);
  const [handing, setHanding] = useState(false);
  const acts = useActs(found.data);
  const may = found.data?.can.includes("supplement") && service.data;
  useKeys("办件查询", [
    ...(may ? [{ keys: ["b"], label: "代交材料", run: () => setHanding(true) }] : []),
    ...acts.keys,
    { keys: ["Escape"], label: "返回", run: back },
  ]);
  useEffect(() => {
    document.title = `办件 ${caseNo} · 蓉易办工作台`;
  }, [caseNo]);
  useEffect(() => {
    if (found.data) document.getElementById("case-title")?.focus();
  }, [found.data?.case_no]);
  if (found.data)
    return (
      <>
        <CaseView
          file={found.data}
          reveal={reveal}
          service={service.data}
          actions={
            <>
              {may && (
                <Button type="primary" onClick={() => setHanding(true)}>
                  代交材料 <kbd>B</kbd>
                </Button>
              )}
              {acts.buttons}
              <Button onClick={back}>
                返回 <kbd>Esc</kbd>
              </Button>
            </>
          }
        />
        {acts.dialog}
        {handing && service.data && <SupplementDialog file={found.data} service={service.data} onClose={() => setHanding(false)} />}
      </>
    );
  return found.isError ? <Problem error={found.error} retry={() => void found.refetch()} /> : <Loading what="办件" />;
}
