import { useEffect, useRef, useState } from "react";
import { useCase, useService } from "../api/queries";
import type { Outcome, Task } from "../api/types";
import { CaseView } from "../case/CaseView";
import { CorrectDialog } from "../decision/CorrectDialog";
import { OpinionDialog } from "../decision/OpinionDialog";
import { useKeys } from "../lib/keys";
import { Loading, Problem } from "../ui/Problem";
import { TaskActions } from "./TaskActions";
import { settledText } from "./settled";
import { useClaim } from "./useClaim";

interface Props {
  taskId: string;
  /** As the list knows it; it may be gone from there */
  task: Task | undefined;
  settled: boolean;
  onDone: (taskId: string, words: string) => void;
  onClose: () => void;
}

/** A task: its case, and what I may do with it. */
export function TaskWork({ taskId, task: listed, settled, onDone, onClose }: Props) {
  const kept = useRef<Task | undefined>(listed);
  if (listed) kept.current = listed;
  const task = kept.current;
  const file = useCase(taskId.split(".")[0] ?? "", true);
  const service = useService(file.data?.service);
  const [deciding, setDeciding] = useState<Outcome | null>(null);
  const claim = useClaim(task);
  const open = Boolean(listed);
  const may = (outcome: Outcome) => open && (outcome === "approve" || task?.kind !== "pickup");
  const start = (outcome: Outcome) => {
    if (may(outcome) && file.data) setDeciding(outcome);
  };

  useKeys("办理", [
    { keys: ["a"], label: "同意、受理、准予或已交付", run: () => start("approve") },
    { keys: ["r"], label: "不同意，写明理由", run: () => start("reject") },
    { keys: ["c"], label: "告知补正", run: () => start("correct") },
    { keys: ["l"], label: "认领这项任务，让同事看到您在办", run: () => open && claim.take() },
    { keys: ["Escape"], label: "回到清单", run: onClose },
  ]);
  useEffect(() => {
    if (file.data) document.getElementById("case-title")?.focus({ preventScroll: true });
  }, [file.data?.case_no]);

  if (!file.data) return file.isError ? <Problem error={file.error} retry={() => void file.refetch()} /> : <Loading what="办件" />;
  const close = () => setDeciding(null);
  const done = (words: string) => {
    close();
    onDone(taskId, words);
  };
  return (
    <>
      <CaseView
        file={file.data}
        service={service.data}
        due={open ? task?.due : undefined}
        note={!open && settled && !deciding ? <p className="case-note near">{settledText(file.data, taskId)}</p> : claim.note && <p className="case-note near">{claim.note}</p>}
        actions={task && open && <TaskActions task={task} mine={claim.mine} claiming={claim.busy} onClaim={claim.take} onDecide={start} />}
      />
      {task && (deciding === "approve" || deciding === "reject") && <OpinionDialog task={task} outcome={deciding} onDone={done} onClose={close} />}
      {task && deciding === "correct" && service.data && <CorrectDialog task={task} service={service.data} file={file.data} onDone={done} onClose={close} />}
    </>
  );
}
