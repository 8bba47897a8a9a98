import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { type Values, cleaned, fieldsOf } from "@shared/form";
import { api, ok } from "../api/client";
import type { Service } from "../api/types";

const PAUSE = 400;

/** What a form costs as it stands, asked a moment after the last change; nothing while what it is counted by is missing. */
export function useFee(service: Service, form: Values) {
  const now = JSON.stringify(cleaned(fieldsOf(service.form), form));
  const [settled, setSettled] = useState(now);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(now), PAUSE);
    return () => clearTimeout(timer);
  }, [now]);
  return useQuery({
    queryKey: ["fee", service.code, settled],
    queryFn: ({ signal }) => ok(api.POST("/v1/services/{code}/fee", { params: { path: { code: service.code } }, body: { form: JSON.parse(settled) as Record<string, unknown> }, signal })),
    enabled: service.fee !== null,
    retry: false,
    gcTime: 60_000,
  });
}
