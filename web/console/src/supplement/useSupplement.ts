import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Value, type Values, cleaned, fieldsOf } from "@shared/form";
import { placesOf } from "@shared/missing";
import { faultsOf } from "@shared/validate";
import { api, ok } from "../api/client";
import { faultsByPath, sentence } from "../api/problem";
import type { Service, StaffCase, Supplement } from "../api/types";
import type { Handed } from "../intake/draft";
import { focusFault } from "../intake/focus";
import { useDraft } from "../lib/draft";
import { say } from "../ui/toast";

interface Begun {
  /** Stays the same until it was taken */
  key: string;
  form: Values;
  handed: Handed[];
}

/** What a citizen brings to the window for a case that waits for it: taken down, and sent in the window's name. */
export function useSupplement(file: StaffCase, service: Service, onDone: () => void) {
  const client = useQueryClient();
  const [begun, change, drop] = useDraft<Begun>(`supplement.${file.case_no}`, () => ({ key: crypto.randomUUID(), form: {}, handed: [] }));
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [lacking, setLacking] = useState("");
  const [uploading, setUploading] = useState(0);
  const places = placesOf(file, service, fieldsOf(service.form), file.form);
  const slots = [...places.slots, ...places.otherSlots];
  const fields = [...places.fields, ...places.otherFields];
  const handed = slots.flatMap(({ code }) => begun.handed.filter((each) => each.code === code));

  function blame(found: Record<string, string>): void {
    setFaults(found);
    focusFault(Object.keys(found));
  }

  const mutation = useMutation({
    mutationFn: (body: Supplement) =>
      ok(api.POST("/v1/cases/{case_no}/supplement", { params: { path: { case_no: file.case_no }, header: { "Idempotency-Key": begun.key } }, body })),
    onSuccess: ({ text, missing }) => {
      drop();
      say(text, missing.length ? "near" : "ok");
      onDone();
    },
    onError: (no) => blame(faultsByPath(no)),
    onSettled: () => client.invalidateQueries({ queryKey: ["case", file.case_no] }),
  });

  /** What was left empty stays as it is. */
  function send(): void {
    const form = cleaned(fields, begun.form);
    const wrong = faultsOf(fields.filter(({ name }) => name in form), form);
    blame(Object.fromEntries(Object.entries(wrong).map(([name, text]) => [`form.${name}`, text])));
    const nothing = !handed.length && !Object.keys(form).length;
    setLacking(nothing ? "请上传带来的材料，或者填写要改的内容" : "");
    if (nothing || Object.keys(wrong).length) return;
    mutation.mutate({
      ...(Object.keys(form).length ? { form: form as Supplement["form"] } : {}),
      ...(handed.length ? { materials: handed.map(({ code, materialId }) => ({ code, material_id: materialId })) } : {}),
    });
  }

  return {
    places,
    form: begun.form,
    handed,
    faults,
    fault: lacking || (mutation.error ? sentence(mutation.error) : undefined),
    busy: mutation.isPending,
    uploading: uploading > 0,
    hand: (code: string, one: Handed | undefined) => change((before) => ({ ...before, handed: [...before.handed.filter((each) => each.code !== code), ...(one ? [one] : [])] })),
    write: (name: string, value: Value) => change((before) => ({ ...before, form: { ...before.form, [name]: value } })),
    upload: (by: 1 | -1) => setUploading((before) => before + by),
    send,
  };
}
