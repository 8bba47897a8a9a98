/** What I may do with a task, as the API will allow it (tasks/service.py). */
import type { Outcome, Role } from "@shared/vocabulary";
import type { Choice, Task } from "../api/types";
import { own } from "../lib/kinds";

export interface May {
  claim: boolean;
  release: boolean;
  handOver: boolean;
  decide: Choice[];
}

export const NOTHING: May = { claim: false, release: false, handOver: false, decide: [] };

/** The API names choices only to those whose post the task is; a supervisor may move what lies with anybody. */
export function mayOf(task: Task, roles: readonly Role[]): May {
  const held = Boolean(task.claimed_by);
  const mine = held && task.mine === true;
  const chief = roles.includes("supervisor");
  return {
    claim: !held && task.choices.length > 0 && !own(task),
    release: held && (mine || chief),
    handOver: mine || chief,
    decide: !held || mine ? task.choices : [],
  };
}

/** How decisions stand in a row of buttons, with the key of each; all letters are taken (`acts/forms`), so what is newer has a sign. */
export const KEYS: Record<Outcome, string> = {
  return: "x", countersign: "h", reissue: "i", reject: "r", correct: "c", appeal: "p", missed: "w", collect: "o", resend: "q", retry: "=", approve: "a",
};

export function inOrder(choices: Choice[]): Choice[] {
  const order = Object.keys(KEYS);
  return [...choices].sort((one, other) => order.indexOf(one.outcome) - order.indexOf(other.outcome));
}
