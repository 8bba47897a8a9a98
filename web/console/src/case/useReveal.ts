import { useEffect, useState } from "react";
import { api, ok } from "../api/client";
import { sentence } from "../api/problem";
import type { Revealed } from "../api/types";
import { useStore } from "../lib/store";
import { locked } from "../session/session";

export const SHOWN = 2; // minutes

/** Personal data in clear: asked for with a purpose, on record, kept out of every cache, covered again after a while. */
export function useReveal(caseNo: string) {
  const [clear, setClear] = useState<Revealed | null>(null);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const why = useStore(locked);

  useEffect(() => setClear(null), [caseNo, why]);
  useEffect(() => {
    if (!clear) return undefined;
    const timer = setTimeout(() => setClear(null), SHOWN * 60_000);
    return () => clearTimeout(timer);
  }, [clear]);

  async function read(purpose: string): Promise<void> {
    setBusy(true);
    setFault(undefined);
    try {
      setClear(await ok(api.POST("/v1/staff/cases/{case_no}/reveal", { params: { path: { case_no: caseNo } }, body: { purpose } })));
      setAsking(false);
    } catch (no) {
      setFault(sentence(no));
    } finally {
      setBusy(false);
    }
  }

  return {
    clear,
    asking,
    busy,
    fault,
    read: (purpose: string) => void read(purpose),
    toggle: () => (clear ? setClear(null) : setAsking(true)),
    cancel: () => {
      setAsking(false);
      setFault(undefined);
    },
  };
}
