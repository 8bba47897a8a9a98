import { useState } from "react";
import { api, ok } from "../api/client";
import { ApiProblem, faultsByPath, sentence } from "../api/problem";
import type { Service } from "../api/types";
import { useDraft } from "../lib/draft";
import { focusFault } from "./focus";
import { type Draft, applicationOf, draftFaults, newDraft } from "./draft";

/** One intake: what is typed, what is wrong with it, and sending it. */
export function useIntake(service: Service) {
  const [draft, change] = useDraft<Draft>(`intake.${service.code}`, () => newDraft(service));
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [refusal, setRefusal] = useState("");
  const [clash, setClash] = useState(false);
  const [busy, setBusy] = useState(false);

  function blame(found: Record<string, string>): void {
    setFaults(found);
    focusFault(Object.keys(found));
  }

  async function send(): Promise<void> {
    if (busy || draft.receipt) return;
    const body = applicationOf(service, draft);
    const found = draftFaults(service, body);
    setRefusal("");
    setClash(false);
    if (Object.keys(found).length) {
      setRefusal(`有 ${Object.keys(found).length} 处需要修改`);
      return blame(found);
    }
    setFaults({});
    setBusy(true);
    try {
      const receipt = await ok(api.POST("/v1/applications", { params: { header: { "Idempotency-Key": draft.key } }, body }));
      change((before) => ({ ...before, receipt }));
    } catch (fault) {
      setRefusal(sentence(fault));
      setClash(fault instanceof ApiProblem && fault.code === "idempotency_conflict");
      blame(faultsByPath(fault));
    } finally {
      setBusy(false);
    }
  }

  return {
    draft,
    faults,
    refusal,
    clash,
    busy,
    send: () => void send(),
    /** Change part of the draft; the fault at that place is taken back. */
    set: (path: string, change_: (before: Draft) => Draft) => {
      setFaults(({ [path]: _gone, ...rest }) => rest);
      change(change_);
    },
    renew: () => {
      setFaults({});
      setRefusal("");
      setClash(false);
      change(() => newDraft(service));
    },
    /** File what is typed as another application: the earlier one with this key was received. */
    another: () => {
      setClash(false);
      setRefusal("");
      change((before) => ({ ...before, key: crypto.randomUUID() }));
    },
  };
}

export type Intake = ReturnType<typeof useIntake>;
