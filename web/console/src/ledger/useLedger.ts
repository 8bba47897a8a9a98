import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { sentence } from "../api/problem";
import { useReady } from "../api/queries";
import type { Gap, GapSettlement } from "../api/types";
import { say } from "../ui/toast";

/** What bill, order and case do not agree on, page by page, and how the days stand. */
export function useLedger() {
  const ready = useReady();
  return useInfiniteQuery({
    queryKey: ["ledger"],
    queryFn: ({ pageParam, signal }) => ok(api.GET("/v1/staff/ledger", { params: { query: pageParam ? { next: pageParam } : {} }, signal })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    enabled: ready,
  });
}

/** Write down how a gap came to its end; a colleague who was faster is named by the API. */
export function useSettlement(gap: Gap, onDone: () => void) {
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: (body: GapSettlement) => ok(api.POST("/v1/staff/ledger/{gap_id}/settlement", { params: { path: { gap_id: gap.gap_id } }, body })),
    onSuccess: () => {
      say("差错已处理");
      onDone();
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ["ledger"] }),
  });
  return { send: mutation.mutate, busy: mutation.isPending, fault: mutation.error ? sentence(mutation.error) : undefined };
}
