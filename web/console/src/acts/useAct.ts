import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Value, type Values, cleaned } from "@shared/form";
import { faultsOf } from "@shared/validate";
import { api, ok } from "../api/client";
import { faultsByPath, overtaken, sentence } from "../api/problem";
import type { DocumentPreview, Examination, Extension, PublicStatus, Recall, Refunding, Resumption, StaffCase, Suspension, Transfer, Voiding } from "../api/types";
import { usePreview } from "../documents/usePreview";
import { focusFault } from "../intake/focus";
import { useDraft } from "../lib/draft";
import { say } from "../ui/toast";
import { type Plain, SAID, fieldsFor } from "./forms";

type At = { params: { path: { case_no: string } } };

const SEND: Record<Plain, (at: At, body: unknown) => Promise<PublicStatus>> = {
  suspend: (at, body) => ok(api.POST("/v1/staff/cases/{case_no}/suspension", { ...at, body: body as Suspension })),
  resume: (at, body) => ok(api.POST("/v1/staff/cases/{case_no}/resumption", { ...at, body: body as Resumption })),
  recall: (at, body) => ok(api.POST("/v1/staff/cases/{case_no}/recall", { ...at, body: body as Recall })),
  examine: (at, body) => ok(api.POST("/v1/staff/cases/{case_no}/examination", { ...at, body: body as Examination })),
  extend: (at, body) => ok(api.POST("/v1/staff/cases/{case_no}/extension", { ...at, body: body as Extension })),
  transfer: (at, body) => ok(api.POST("/v1/staff/cases/{case_no}/transfer", { ...at, body: body as Transfer })),
  refund: (at, body) => ok(api.POST("/v1/staff/cases/{case_no}/refund", { ...at, body: inFen(body as { amount_fen?: string; reason: string }) })),
  void: (at, body) => ok(api.POST("/v1/staff/cases/{case_no}/voiding", { ...at, body: body as Voiding })),
};

/** Supervisors write yuan, the API counts fen. */
function inFen({ amount_fen, reason }: { amount_fen?: string; reason: string }): Refunding {
  return { reason, ...(amount_fen ? { amount_fen: Math.round(Number(amount_fen) * 100) } : {}) };
}

const LOOK: Partial<Record<Plain, (at: At, body: unknown) => Promise<{ documents: DocumentPreview[] }>>> = {
  suspend: (at, body) => ok(api.POST("/v1/staff/cases/{case_no}/suspension/preview", { ...at, body: body as Suspension })),
  resume: (at, body) => ok(api.POST("/v1/staff/cases/{case_no}/resumption/preview", { ...at, body: body as Resumption })),
  transfer: (at, body) => ok(api.POST("/v1/staff/cases/{case_no}/transfer/preview", { ...at, body: body as Transfer })),
  extend: (at, body) => ok(api.POST("/v1/staff/cases/{case_no}/extension/preview", { ...at, body: body as Extension })),
};

/** One act on a case: what was written stays until it is in, what the API minds stands at its field. */
export function useAct(file: StaffCase, act: Plain, onDone: () => void) {
  const client = useQueryClient();
  const [values, change, drop] = useDraft<Values>(`${act}.${file.case_no}`, () => ({}));
  const fields = fieldsFor(act, values, file);
  const [faults, setFaults] = useState<Record<string, string>>({});

  function blame(found: Record<string, string>): void {
    setFaults(found);
    focusFault(Object.keys(found).map((name) => `form.${name}`));
  }

  const mutation = useMutation({
    mutationFn: (body: Values) => SEND[act]({ params: { path: { case_no: file.case_no } } }, body),
    onSuccess: (now) => {
      drop();
      say(SAID[act](now));
      onDone();
    },
    onError: (no) => blame(faultsByPath(no)),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["case", file.case_no] });
      void client.invalidateQueries({ queryKey: ["tasks"] }); // their days move with the case's
    },
  });

  const look = LOOK[act];
  const preview = usePreview((body: Values) => (look ? look({ params: { path: { case_no: file.case_no } } }, body) : Promise.resolve({ documents: [] })), (no) => blame(faultsByPath(no)));
  const error = mutation.error ?? preview.error;

  const whole = (then: (body: Values) => void) => () => {
    const wrong = faultsOf(fields, values);
    blame(wrong);
    if (!Object.keys(wrong).length) then(cleaned(fields, values));
  };

  const shown = fields.some(({ name }) => faults[name]);
  return {
    fields,
    values,
    faults,
    fault: error && !shown ? sentence(error) : undefined,
    mild: overtaken(error),
    busy: mutation.isPending,
    write: (name: string, value: Value) => change((before) => ({ ...before, [name]: value })),
    send: whole(mutation.mutate),
    preview: look && { ...preview, show: whole(preview.ask) },
  };
}
