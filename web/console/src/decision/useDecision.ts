import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { overtaken, sentence } from "../api/problem";
import type { Decision, Task } from "../api/types";
import { usePreview } from "../documents/usePreview";

/** Send a decision. What was typed stays until it is in; a colleague who was faster is named by the API. */
export function useDecision(task: Task, onDone: () => void) {
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: (body: Decision) => ok(api.POST("/v1/tasks/{task_id}/decision", { params: { path: { task_id: task.task_id } }, body })),
    onSuccess: () => {
      onDone();
      void client.invalidateQueries({ queryKey: ["case", task.case_no] });
      void client.invalidateQueries({ queryKey: ["tasks"] });
    },
    onError: (fault) => {
      if (!overtaken(fault)) return;
      void client.invalidateQueries({ queryKey: ["case", task.case_no] });
      void client.invalidateQueries({ queryKey: ["tasks"] });
    },
  });
  const preview = usePreview((body: Decision) => ok(api.POST("/v1/tasks/{task_id}/decision/preview", { params: { path: { task_id: task.task_id } }, body })));
  const error = mutation.error ?? preview.error;
  const fault = !error ? undefined : overtaken(error) ? `${error.message}。您写的意见已经保留，不会丢失。`.replace("。。", "。") : sentence(error);
  return { send: mutation.mutate, busy: mutation.isPending, fault, mild: overtaken(error), preview };
}
