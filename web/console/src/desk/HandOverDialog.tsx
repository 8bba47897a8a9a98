import { Input } from "antd";
import { useState } from "react";
import type { Task } from "../api/types";
import { Dialog } from "../ui/Dialog";
import type { Moves } from "./useMoves";

interface Props {
  task: Task;
  move: Moves["handOver"];
  onClose: () => void;
}

/** Give a task to a colleague of the same desk and post. */
export function HandOverDialog({ task, move, onClose }: Props) {
  const [to, setTo] = useState("");
  const [lacking, setLacking] = useState("");
  const submit = () => {
    setLacking(to.trim() ? "" : "请填写同事的用户名");
    if (to.trim()) move.send(to.trim());
  };
  return (
    <Dialog title={`转交：${task.service_name}`} submit="转交" width={460} busy={move.busy} fault={lacking || move.fault} onSubmit={submit} onClose={onClose}>
      <p className="faint hand-over-who">
        申请人 {task.applicant} · 办件号 <span className="num">{task.case_no}</span>
        {task.claimed_by && ` · ${task.mine ? "您" : task.claimed_by}在办`}
      </p>
      <label className="hand-over" htmlFor="hand-over-to">
        同事的用户名
        <Input id="hand-over-to" value={to} maxLength={64} autoComplete="off" placeholder="本部门同一岗位的同事" onChange={(event) => setTo(event.target.value)} onPressEnter={submit} />
      </label>
    </Dialog>
  );
}
