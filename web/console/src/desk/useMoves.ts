import { type InfiniteData, type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { sentence } from "../api/problem";
import type { Task } from "../api/types";
import { say } from "../ui/toast";

const SAID = { claim: "已认领，同事会看到您在办", release: "已退回，同事可以认领" } as const;

type Pages = InfiniteData<{ tasks: Task[] }>;

/** Show a task at once as the API just answered it; then ask for the list again. */
function renew(client: QueryClient, task: Task): void {
  client.setQueryData<Pages>(["tasks"], (before) => {
    const pages = before?.pages.map((page) => ({ ...page, tasks: page.tasks.map((each) => (each.task_id === task.task_id ? task : each)) }));
    return before && pages && { ...before, pages };
  });
  renewAll(client, task.task_id);
}

/** Ask again for what shows who has a task: the list, and what departments do with its case. */
function renewAll(client: QueryClient, taskId: string): void {
  void client.invalidateQueries({ queryKey: ["tasks"] });
  void client.invalidateQueries({ queryKey: ["case", taskId.split(".")[0]] });
}

/** What moves a task without deciding it: take it (认领), give it back (退回), give it to a colleague (转交). */
export function useMoves(taskId: string, onHandedOver: () => void) {
  const client = useQueryClient();
  const at = { params: { path: { task_id: taskId } } };
  const onError = () => renewAll(client, taskId);
  const move = useMutation({
    mutationFn: (what: keyof typeof SAID) => ok(api.POST(`/v1/tasks/{task_id}/${what}`, at)),
    onSuccess: (task, what) => {
      renew(client, task);
      say(SAID[what]);
    },
    onError,
  });
  const handOver = useMutation({
    mutationFn: (to: string) => ok(api.POST("/v1/tasks/{task_id}/handover", { ...at, body: { to } })),
    onSuccess: (task) => {
      renew(client, task);
      say(`已转交给${task.claimed_by ?? "同事"}`);
      onHandedOver();
    },
    onError,
  });
  const start = (what: keyof typeof SAID) => {
    if (!move.isPending) move.mutate(what);
  };
  return {
    busy: move.isPending,
    note: move.error ? sentence(move.error) : "",
    claim: () => start("claim"),
    release: () => start("release"),
    handOver: { busy: handOver.isPending, fault: handOver.error ? sentence(handOver.error) : undefined, send: (to: string) => void handOver.mutate(to), reset: handOver.reset },
  };
}

export type Moves = ReturnType<typeof useMoves>;
