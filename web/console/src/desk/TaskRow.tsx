import { memo } from "react";
import type { Task } from "../api/types";
import { Lamp } from "../ui/Lamp";
import { stands, workName } from "./list";

interface Props {
  task: Task;
  fresh: boolean;
  current: boolean;
  /** The one row of the list that Tab stops at */
  stop: boolean;
  onOpen: (taskId: string) => void;
}

export const TaskRow = memo(function TaskRow({ task, fresh, current, stop, onOpen }: Props) {
  return (
    <li>
      <a
        href={`#/tasks/${task.task_id}`}
        data-task={task.task_id}
        className={`task-row ${task.lamp} ${current ? "current" : ""}`}
        aria-current={current ? "true" : undefined}
        tabIndex={stop ? 0 : -1}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          onOpen(task.task_id);
        }}
      >
        <span className="task-name">
          {fresh && <b className="task-new">新</b>}
          {task.service_name}
        </span>
        {stands(task) ? <span className="tag">特别程序中</span> : <Lamp lamp={task.lamp} due={task.due} provisional={task.provisional} />}
        <span className="task-about num">
          {workName(task)} · {task.case_no} · {task.applicant}
        </span>
        {task.claimed_by && <span className="task-held">{task.mine ? "您" : task.claimed_by}在办</span>}
      </a>
    </li>
  );
});
