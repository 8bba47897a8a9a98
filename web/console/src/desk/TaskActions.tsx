import { Button } from "antd";
import type { Outcome, Task } from "../api/types";
import { outcomeName } from "../lib/words";

interface Props {
  task: Task;
  mine: boolean;
  claiming: boolean;
  onClaim: () => void;
  onDecide: (outcome: Outcome) => void;
}

export function TaskActions({ task, mine, claiming, onClaim, onDecide }: Props) {
  return (
    <>
      {mine ? (
        <span className="tag brand">您在办</span>
      ) : task.claimed_by ? (
        <span className="tag near">{task.claimed_by}在办</span>
      ) : (
        <Button loading={claiming} onClick={onClaim}>
          认领 <kbd>L</kbd>
        </Button>
      )}
      {task.kind !== "pickup" && (
        <>
          <Button danger onClick={() => onDecide("reject")}>
            {outcomeName("reject", task.kind)} <kbd>R</kbd>
          </Button>
          <Button onClick={() => onDecide("correct")}>
            补正 <kbd>C</kbd>
          </Button>
        </>
      )}
      <Button type="primary" onClick={() => onDecide("approve")}>
        {outcomeName("approve", task.kind)} <kbd>A</kbd>
      </Button>
    </>
  );
}
