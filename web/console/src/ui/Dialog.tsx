import { Alert, Button, Modal } from "antd";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useKeys } from "../lib/keys";

interface Props {
  title: string;
  submit: string;
  danger?: boolean;
  busy?: boolean;
  blocked?: boolean;
  width?: number;
  fault?: string | undefined;
  /** What went wrong is nobody's fault: a colleague was faster */
  mild?: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog for the keyboard: Ctrl+Enter submits, Esc closes, the focus goes back to where it was, what went wrong stands above the buttons. */
export function Dialog(props: Props) {
  const { title, submit, danger, busy = false, blocked = false, width = 560, fault, mild = false, onSubmit, onClose, children } = props;
  const send = () => {
    if (!busy && !blocked) onSubmit();
  };
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus({ preventScroll: true });
    },
    [before],
  );
  const content = useRef<HTMLDivElement>(null);
  const first = (open: boolean) => {
    if (open) content.current?.querySelector<HTMLElement>("[data-first] :is(input:not([hidden]), button), textarea, input:checked, input")?.focus();
  };
  useKeys("对话框", [{ keys: ["Ctrl+Enter"], always: true, run: send }]);
  const footer = [
    <Button key="close" onClick={onClose}>
      返回 <kbd>Esc</kbd>
    </Button>,
    <Button key="submit" type="primary" danger={danger ?? false} loading={busy} disabled={blocked} onClick={send}>
      {submit} <kbd>Ctrl+Enter</kbd>
    </Button>,
  ];
  return (
    <Modal open title={title} width={width} footer={footer} onCancel={onClose} afterOpenChange={first} mask={{ closable: false }} centered closable={{ "aria-label": "关闭" }}>
      <div data-keys="rest" ref={content}>
        {children}
        {fault && <Alert className="dialog-fault" type={mild ? "warning" : "error"} showIcon title={fault} role="alert" style={{ marginTop: 14 }} />}
      </div>
    </Modal>
  );
}
