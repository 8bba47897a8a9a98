import { Input, Radio } from "antd";
import { useState } from "react";
import { feeRows } from "@shared/fee";
import { yuan } from "@shared/money";
import { COUNTER_WAY_NAMES, type CounterWay } from "@shared/vocabulary";
import type { Choice, StaffCase, Task } from "../api/types";
import { Fact } from "../case/FormCard";
import { useDecision } from "../decision/useDecision";
import { Dialog } from "../ui/Dialog";
import "./payments.css";

interface Props {
  task: Task;
  file: StaffCase;
  choice: Choice;
  onDone: (words: string) => void;
  onClose: () => void;
}

const NUMBER = /^[0-9A-Za-z-]{4,30}$/;

/** Take a fee at the counter: how much, in cash or by card, against which paper receipt. */
export function CashierDialog({ task, file, choice, onDone, onClose }: Props) {
  const [way, setWay] = useState<CounterWay | null>(null);
  const [receipt, setReceipt] = useState("");
  const [lacking, setLacking] = useState("");
  const { send, busy, fault, mild } = useDecision(task, () => onDone(`已收款${yuan(task.amount_fen ?? 0)}元`));
  const submit = () => {
    const number = receipt.trim();
    const why = !way ? "请选择现金或者刷卡" : NUMBER.test(number) ? "" : "请填写开给缴费人的票据号，4到30位数字、字母";
    setLacking(why);
    if (!why && way) send({ outcome: choice.outcome, pay_way: way, receipt_no: number });
  };
  return (
    <Dialog title={`${choice.name}：${task.service_name}`} submit={choice.name} busy={busy} fault={lacking || fault} mild={mild} onSubmit={submit} onClose={onClose}>
      <p className="cashier-amount num">{yuan(task.amount_fen ?? 0)}元</p>
      <dl className="facts">
        <Fact title="缴费人" text={task.applicant} />
        <Fact title="办件号" text={task.case_no} />
        {file.fee && feeRows(file.fee).map(([name, text], index) => <Fact key={`${name}${index}`} title={name} text={text} />)}
      </dl>
      <p className="decision-note">收到钱、开好票据再点“{choice.name}”。网上没有付完的订单会先关闭；如果刚刚已经在网上缴费，会告诉您，请不要再收。</p>
      <div className="cashier-way" data-first>
        <Radio.Group
          aria-label="收款方式"
          optionType="button"
          value={way}
          onChange={(event) => setWay(event.target.value as CounterWay)}
          options={Object.entries(COUNTER_WAY_NAMES).map(([value, label]) => ({ value, label }))}
        />
        <Input aria-label="票据号" placeholder="票据号" maxLength={30} value={receipt} onChange={(event) => setReceipt(event.target.value)} />
      </div>
    </Dialog>
  );
}
