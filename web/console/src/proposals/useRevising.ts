import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { type Field, type Value, type Values, cleaned, fieldsOf } from "@shared/form";
import { faultsOf } from "@shared/validate";
import { SAID } from "../acts/forms";
import { api, ok } from "../api/client";
import { faultsByPath, overtaken, sentence } from "../api/problem";
import type { Revising, Service, StaffCase } from "../api/types";
import { focusFault } from "../intake/focus";
import { say } from "../ui/toast";

/** A field of the form to be written anew: what it asks and advises an applicant does not hold for it. */
const anew = (field: Field): Field => ({ ...field, required: true, ask: "", help: "" });

/** Propose a revision. What is written is personal and kept nowhere but here. */
export function useRevising(file: StaffCase, service: Service | undefined, onDone: () => void) {
  const client = useQueryClient();
  const fields = useMemo(() => fieldsOf(service?.form).map(anew), [service]);
  const [chosen, setChosen] = useState<string[]>([]);
  const [values, setValues] = useState<Values>({});
  const [reason, setReason] = useState("");
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [lacking, setLacking] = useState("");
  const picked = fields.filter(({ name }) => chosen.includes(name));

  function blame(found: Record<string, string>): void {
    setFaults(found);
    focusFault(Object.keys(found).map((name) => `form.${name}`));
  }

  const mutation = useMutation({
    mutationFn: (body: Revising) => ok(api.POST("/v1/staff/cases/{case_no}/revising", { params: { path: { case_no: file.case_no } }, body })),
    onSuccess: (now) => {
      say(SAID.revise(now));
      onDone();
    },
    onError: (no) => blame(Object.fromEntries(Object.entries(faultsByPath(no)).map(([path, message]) => [path.replace(/^form\./, ""), message]))),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["case", file.case_no] });
      void client.invalidateQueries({ queryKey: ["tasks"] });
    },
  });

  function send(): void {
    const wrong = faultsOf(picked, values);
    blame(wrong);
    const short = !picked.length ? "请勾选要更正的内容" : reason.trim().length < 2 ? "请写明原因，申请人会看到它" : "";
    setLacking(short);
    if (!short && !Object.keys(wrong).length) mutation.mutate({ form: cleaned(picked, values), reason: reason.trim() });
  }

  const shown = picked.some(({ name }) => faults[name]);
  return {
    fields,
    chosen,
    values,
    faults,
    reason,
    fault: lacking || (mutation.error && !shown ? sentence(mutation.error) : undefined),
    mild: overtaken(mutation.error),
    busy: mutation.isPending,
    choose: (name: string, on: boolean) => setChosen((before) => (on ? [...before, name] : before.filter((each) => each !== name))),
    write: (name: string, value: Value) => setValues((before) => ({ ...before, [name]: value })),
    setReason,
    send,
  };
}
