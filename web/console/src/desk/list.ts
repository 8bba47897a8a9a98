/** The work list without React: what is shown, what is new, what comes next. */
import { OUTCOME_NAMES, TASK_KIND_NAMES, type TaskKind } from "@shared/vocabulary";
import type { Task, TaskCounts } from "../api/types";
import { own } from "../lib/kinds";

export interface Filter {
  kind: TaskKind | "all";
  service: string;
  words: string;
}

export const EVERYTHING: Filter = { kind: "all", service: "", words: "" };

/** Pages may overlap when work moves meanwhile: each task once, by due date, what I did just now left out. */
export function merged(pages: Task[][], gone: ReadonlySet<string>): Task[] {
  const byId = new Map<string, Task>();
  for (const task of pages.flat()) if (!gone.has(task.task_id)) byId.set(task.task_id, task);
  return [...byId.values()].sort((one, other) => order(one).localeCompare(order(other)));
}

/** As the API lists them: by due date, and what is due on one day as it came. */
const order = (task: Task) => `${task.due ?? ""}#${task.opened_at ?? ""}#${task.case_no}`;

export function matching(tasks: Task[], filter: Filter): Task[] {
  const words = filter.words.trim().replace(/\s+/g, "").toLowerCase();
  return tasks.filter(
    (task) =>
      (filter.kind === "all" || task.kind === filter.kind) &&
      (!filter.service || task.service === filter.service) &&
      (!words || `${task.case_no}${task.applicant}${task.service_name}`.toLowerCase().includes(words)),
  );
}

/** What is to be done, on a row: the kind of a stage, which the service's name explains; else what the task says of itself (退款20元). */
export function workName(task: Task): string {
  if (task.kind === "review" && task.asked) return OUTCOME_NAMES.return;
  return task.stage === task.kind ? task.stage_name : TASK_KIND_NAMES[task.kind];
}

/** Whether its case stands in a special procedure: nobody may do it now. */
export function stands({ halted }: Task): boolean {
  return halted === true;
}

/** How much waits. The API counts the whole desk; until it answers, what is loaded is counted, `more` being not yet loaded. */
export function countOf(tasks: Task[], more: boolean): TaskCounts {
  const lamps: Record<string, number> = {};
  for (const { lamp } of tasks) lamps[lamp] = (lamps[lamp] ?? 0) + 1;
  return { total: tasks.length, claimed: tasks.filter((task) => task.claimed_by).length, kinds: {}, lamps, more };
}

/** The services that wait, with how many, for the filter. */
export function servicesOf(tasks: Task[]): { code: string; name: string; count: number }[] {
  const found = new Map<string, { code: string; name: string; count: number }>();
  for (const task of tasks) {
    const entry = found.get(task.service) ?? { code: task.service, name: task.service_name, count: 0 };
    entry.count += 1;
    found.set(task.service, entry);
  }
  return [...found.values()].sort((one, other) => other.count - one.count);
}

/** Who comes after a task that is done: the one that stood below it, else the one above. */
export function nextAfter(tasks: Task[], doneId: string): Task | undefined {
  const place = tasks.findIndex((task) => task.task_id === doneId);
  return place < 0 ? tasks[0] : (tasks[place + 1] ?? tasks[place - 1]);
}

/** Move along the list without falling off its ends. */
export function step(tasks: Task[], fromId: string | undefined, by: number): Task | undefined {
  const place = tasks.findIndex((task) => task.task_id === fromId);
  if (place < 0) return by > 0 ? tasks[0] : tasks.at(-1);
  return tasks[Math.min(tasks.length - 1, Math.max(0, place + by))];
}

/**
 * Work that was not there before. The first look knows everything; what only moved up from a later page came in before I began
 * (`since`, milliseconds), and what I propose myself is no news to me.
 */
export function arrivals(known: ReadonlySet<string> | null, tasks: Task[], since: number): string[] {
  if (!known) return [];
  const young = (task: Task) => !task.opened_at || Date.parse(task.opened_at) >= since;
  return tasks.filter((task) => !known.has(task.task_id) && young(task) && !own(task)).map((task) => task.task_id);
}
