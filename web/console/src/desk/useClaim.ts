import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { sentence } from "../api/problem";
import type { Task } from "../api/types";
import { store, useStore } from "../lib/store";
import { say } from "../ui/toast";

/** What I took in this tab: the list only says a name. */
const taken = store<ReadonlySet<string>>(new Set());

/** Take a task, so that colleagues see it is in hand. */
export function useClaim(task: Task | undefined) {
  const client = useQueryClient();
  const mine = useStore(taken);
  const id = task?.task_id ?? "";
  const mutation = useMutation({
    mutationFn: () => ok(api.POST("/v1/tasks/{task_id}/claim", { params: { path: { task_id: id } } })),
    onSuccess: () => {
      taken.set(new Set([...taken.get(), id]));
      say("已认领，同事会看到您在办");
      void client.invalidateQueries({ queryKey: ["tasks"] });
    },
    onError: () => void client.invalidateQueries({ queryKey: ["tasks"] }),
  });
  return {
    mine: mine.has(id),
    busy: mutation.isPending,
    note: mutation.error ? sentence(mutation.error) : "",
    take: () => {
      if (id && !mine.has(id) && !mutation.isPending) mutation.mutate();
    },
  };
}
