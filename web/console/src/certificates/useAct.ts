import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { sentence } from "../api/problem";
import type { StaffCase } from "../api/types";
import { usePreview } from "../documents/usePreview";

export type CertificateAct = "revocation" | "reissue";
export type Certificate = NonNullable<StaffCase["certificate"]>;

/** Revoke or reissue; the case is asked again whatever came of it, for a colleague may have been faster. */
export function useAct(act: CertificateAct, { number }: Certificate, caseNo: string, onDone: () => void) {
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: (reason: string) => ok(api.POST(`/v1/staff/certificates/{number}/${act}`, { params: { path: { number } }, body: { reason } })),
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: ["case", caseNo] }),
  });
  const preview = usePreview((reason: string) => ok(api.POST("/v1/staff/certificates/{number}/revocation/preview", { params: { path: { number } }, body: { reason } })));
  const error = mutation.error ?? preview.error;
  return { send: mutation.mutate, preview, busy: mutation.isPending, fault: error ? sentence(error) : undefined };
}
