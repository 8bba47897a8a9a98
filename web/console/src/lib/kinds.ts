import { TASK_KIND_NAMES, type TaskKind } from "@shared/vocabulary";
import type { Service, Task } from "../api/types";

/** Whether a task is to confirm what a colleague proposed (复核), which nothing of the case's own course stops. */
export function proposed(kind: TaskKind | undefined): boolean {
  return kind === "voiding" || kind === "revising" || kind === "refunding";
}

/** Whether I proposed it myself: then I may take it back, and nothing else (tasks/present.py). */
export function own({ kind, choices = [] }: Pick<Task, "kind"> & Partial<Pick<Task, "choices">>): boolean {
  return proposed(kind) && choices.length > 0 && choices.every(({ outcome }) => outcome === "reject");
}

/** The kind of task at a stage: what the service says of the stage, or the stage itself where it is none of the service's. */
export function kindOf(stage: string, service: Service | undefined): TaskKind | undefined {
  return service?.stages.find((each) => each.id === stage)?.kind ?? (stage in TASK_KIND_NAMES ? (stage as TaskKind) : undefined);
}
