import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Outcome } from "@shared/vocabulary";
import { useActs } from "../acts/useActs";
import { useCase, useCaseService } from "../api/queries";
import type { Task } from "../api/types";
import { CaseView } from "../case/CaseView";
import { useReveal } from "../case/useReveal";
import { CorrectDialog } from "../decision/CorrectDialog";
import { OpinionDialog } from "../decision/OpinionDialog";
import { ReferDialog } from "../decision/ReferDialog";
import { type KeyAction, useKeys } from "../lib/keys";
import { proposed } from "../lib/kinds";
import { useStore } from "../lib/store";
import { CashierDialog } from "../payments/CashierDialog";
import { clerk } from "../session/session";
import { Loading, Problem } from "../ui/Problem";
import { HandOverDialog } from "./HandOverDialog";
import { TaskActions } from "./TaskActions";
import { TaskBrief } from "./TaskBrief";
import { briefOf } from "./brief";
import { KEYS, type May, NOTHING, inOrder, mayOf } from "./may";
import { settledText } from "./settled";
import { type Moves, useMoves } from "./useMoves";

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
  const caseNo = taskId.split(".")[0] ?? "";
  const file = useCase(caseNo, true);
  const reveal = useReveal(caseNo);
  const service = useCaseService(file.data);
  const [doing, setDoing] = useState<Outcome | "handover" | null>(null);
  const roles = useStore(clerk)?.roles ?? [];
  const close = () => setDoing(null);
  const moves = useMoves(taskId, close);
  const acts = useActs(file.data);
  const halted = file.data?.status === "suspended" && !proposed(task?.kind);
  const may = listed ? mayOf(listed, roles) : NOTHING;
  const start = (what: Outcome | "handover") => {
    moves.handOver.reset();
    if (file.data) setDoing(what);
  };

  useKeys("办理", [...keysOf(halted ? { ...may, decide: [] } : may, moves, start), ...acts.keys, { keys: ["Escape"], label: "回到清单", run: onClose }]);
  useEffect(() => {
    if (file.data) document.getElementById("case-title")?.focus({ preventScroll: true });
  }, [file.data?.case_no]);

  if (!file.data) return file.isError ? <Problem error={file.error} retry={() => void file.refetch()} /> : <Loading what="办件" />;
  const done = (words: string) => {
    close();
    onDone(taskId, words);
  };
  const choice = task?.choices.find((each) => each.outcome === doing);
  const brief = task && <TaskBrief title={task.stage_name} rows={briefOf({ task, file: file.data, service: service.data, clear: reveal.clear })} />;
  return (
    <>
      <CaseView
        file={file.data}
        reveal={reveal}
        service={service.data}
        task={listed}
        note={
          <>
            <Note text={!listed && settled && !doing ? settledText(file.data, taskId, service.data) : moves.note} />
            {listed && brief}
          </>
        }
        actions={
          <>
            {acts.buttons}
            {listed && <TaskActions task={listed} may={may} busy={moves.busy} halted={halted} onClaim={moves.claim} onRelease={moves.release} onHandOver={() => start("handover")} onDecide={start} />}
          </>
        }
      />
      {acts.dialog}
      {task && doing === "handover" && <HandOverDialog task={task} move={moves.handOver} onClose={close} />}
      {task && choice?.to && <ReferDialog task={task} file={file.data} choice={choice} onDone={done} onClose={close} />}
      {task && choice?.takes && <CashierDialog task={task} file={file.data} choice={choice} onDone={done} onClose={close} />}
      {task && choice && !choice.to && !choice.takes && choice.outcome !== "correct" && <OpinionDialog task={task} file={file.data} choice={choice} service={service.data} about={brief} onDone={done} onClose={close} />}
      {task && choice?.outcome === "correct" && service.data && <CorrectDialog task={task} service={service.data} file={file.data} onDone={done} onClose={close} />}
    </>
  );
}

function Note({ text }: { text: string }): ReactNode {
  return text && <p className="case-note near">{text}</p>;
}

/** A key for each thing I may do with the task. */
function keysOf(may: May, moves: Moves, start: (what: Outcome | "handover") => void): KeyAction[] {
  return [
    ...inOrder(may.decide).map(({ outcome, name, opinion }) => ({ keys: [KEYS[outcome]], label: opinion ? `${name}，须写明理由或情况` : name, run: () => start(outcome) })),
    ...(may.claim ? [{ keys: ["l"], label: "认领这项任务，让同事看到您在办", run: moves.claim }] : []),
    ...(may.release ? [{ keys: ["t"], label: "退回这项任务，同事可以认领", run: moves.release }] : []),
    ...(may.handOver ? [{ keys: ["z"], label: "转交给同事", run: () => start("handover") }] : []),
  ];
}
