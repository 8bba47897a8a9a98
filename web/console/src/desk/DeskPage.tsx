import { Button } from "antd";
import { useEffect, useMemo, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useKeys } from "../lib/keys";
import { say } from "../ui/toast";
import { TaskWork } from "./TaskWork";
import { TaskList } from "./TaskList";
import { focusTask } from "./focus";
import { EVERYTHING, type Filter, matching, nextAfter, step } from "./list";
import { markDecided, useDesk } from "./useDesk";
import "./desk.css";

/** My work: the list on the left, the case beside it. After a decision the next one is there. */
export function DeskPage() {
  const { taskId } = useParams();
  const go = useNavigate();
  const desk = useDesk();
  const [filter, setFilter] = useState<Filter>(EVERYTHING);
  const { total } = desk.counts;
  const shown = useMemo(() => matching(desk.tasks, filter), [desk.tasks, filter]);
  const [cursor, setCursor] = useState<string | undefined>(taskId);
  const opened = desk.tasks.find((task) => task.task_id === taskId);

  useEffect(() => {
    document.title = `${total ? `(${total}) ` : ""}待办 · 蓉易办工作台`;
  }, [total]);
  useEffect(() => {
    if (taskId) setCursor(taskId);
  }, [taskId]);

  const open = (id: string) => {
    desk.seen(id);
    void go(`/tasks/${id}`);
  };
  const move = (by: number) => {
    const target = step(shown, cursor, by);
    if (!target) return;
    setCursor(target.task_id);
    focusTask(target.task_id);
  };
  const close = () => {
    void go("/tasks");
    if (taskId) focusTask(taskId);
  };
  const done = (id: string, words: string) => {
    const next = nextAfter(shown, id);
    markDecided(id);
    const left = desk.tasks.some((task) => task.task_id !== id);
    say(next ? `${words}，下一件：${next.service_name}` : `${words}，${left ? "筛选出的" : "待办"}已经办完`);
    if (next) open(next.task_id);
    else void go("/tasks");
  };

  useKeys("待办清单", [
    { keys: ["j", "ArrowDown"], label: "下一件", run: () => move(1) },
    { keys: ["k", "ArrowUp"], label: "上一件", run: () => move(-1) },
    { keys: ["Enter"], label: "打开办件", run: (event) => openByEnter(event, (shown.find((task) => task.task_id === cursor) ?? shown[0])?.task_id, open) },
    { keys: ["/"], label: "筛选", run: () => document.getElementById("desk-words")?.focus() },
  ]);

  return (
    <div className={taskId ? "desk opened" : "desk"}>
      <TaskList desk={desk} shown={shown} filter={filter} onFilter={setFilter} cursor={cursor} opened={taskId} onOpen={open} />
      <section className="desk-work" aria-label="办件">
        {taskId && (
          <Button type="link" className="desk-back" onClick={close}>
            ← 回到清单
          </Button>
        )}
        {taskId ? (
          <TaskWork key={taskId} taskId={taskId} task={opened} settled={!desk.loading} onDone={done} onClose={close} />
        ) : (
          <div className="desk-empty">
            <p>{desk.tasks.length ? "从左边选一件开始" : "现在没有待办，有新任务会自动出现"}</p>
            {desk.tasks.length > 0 && (
              <p className="faint">
                按 <kbd>J</kbd> <kbd>K</kbd> 上下移动，<kbd>Enter</kbd> 打开，<kbd>?</kbd> 查看全部快捷键
              </p>
            )}
          </div>
        )}
      </section>
    </div>
  );
}

/** Enter on a button or a link is theirs; elsewhere it opens what the cursor stands on. */
function openByEnter(event: KeyboardEvent, cursor: string | undefined, open: (id: string) => void): boolean {
  if (!cursor || (event.target instanceof Element && event.target.closest("button, a, input, [role=button]"))) return false;
  open(cursor);
  return true;
}
