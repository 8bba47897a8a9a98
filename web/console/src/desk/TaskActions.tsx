import { Button } from "antd";
import { type Outcome, PROBLEM_CODE_NAMES } from "@shared/vocabulary";
import type { Task } from "../api/types";
import { drastic } from "../decision/words";
import { KEYS, type May, inOrder } from "./may";

interface Props {
  task: Task;
  may: May;
  busy: boolean;
  /** A special procedure takes place: nothing is decided until it is over */
  halted: boolean;
  onClaim: () => void;
  onRelease: () => void;
  onHandOver: () => void;
  onDecide: (outcome: Outcome) => void;
}

/** The buttons of a task: who has it, how it moves on, and the decisions there are. */
export function TaskActions({ task, may, busy, halted, onClaim, onRelease, onHandOver, onDecide }: Props) {
  return (
    <>
      {task.claimed_by && <span className={task.mine ? "tag brand" : "tag near"}>{task.mine ? "您" : task.claimed_by}在办</span>}
      {may.claim && (
        <Button loading={busy} onClick={onClaim}>
          认领 <kbd>L</kbd>
        </Button>
      )}
      {may.release && (
        <Button loading={busy} onClick={onRelease}>
          退回 <kbd>T</kbd>
        </Button>
      )}
      {may.handOver && (
        <Button onClick={onHandOver}>
          转交 <kbd>Z</kbd>
        </Button>
      )}
      {halted && may.decide.length > 0 && <span className="tag near">{PROBLEM_CODE_NAMES.suspended}</span>}
      {inOrder(may.decide).map(({ outcome, name }) => (
        <Button key={outcome} disabled={halted} type={outcome === "approve" ? "primary" : "default"} danger={drastic(task.kind, outcome)} onClick={() => onDecide(outcome)}>
          {name} <kbd>{KEYS[outcome].toUpperCase()}</kbd>
        </Button>
      ))}
    </>
  );
}
