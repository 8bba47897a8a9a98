import { Alert, Button, Modal } from "antd";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Sheets } from "../documents/Sheets";
import type { Preview } from "../documents/usePreview";
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
  /** What it would put on paper, to be read before it is sent */
  preview?: Preview | undefined;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog for the keyboard: Ctrl+Enter submits, Esc closes, the focus goes back to where it was, what went wrong stands above the buttons; what it would put on paper is read before it is sent. */
export function Dialog(props: Props) {
  const { title, submit, danger, busy = false, blocked = false, width = 560, fault, mild = false, preview, onSubmit, onClose, children } = props;
  const papers = preview?.papers;
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
  const look = papers ? preview.back : preview?.show;
  useKeys("对话框", [{ keys: ["Ctrl+Enter"], always: true, run: send }, ...(look ? [{ keys: ["Alt+p"], always: true, run: look }] : [])]);
  const read = useRef(false);
  useEffect(() => {
    if (!papers && read.current) first(true);
    read.current = Boolean(papers);
  }, [papers]);
  const footer = [
    <Button key="close" onClick={papers ? preview.back : onClose}>
      {papers ? "返回修改" : "返回"} <kbd>Esc</kbd>
    </Button>,
    preview && !papers && (
      <Button key="preview" loading={preview.busy} onClick={preview.show}>
        预览文书 <kbd>Alt+P</kbd>
      </Button>
    ),
    <Button key="submit" type="primary" danger={danger ?? false} loading={busy} disabled={blocked} onClick={send}>
      {submit} <kbd>Ctrl+Enter</kbd>
    </Button>,
  ];
  return (
    <Modal open title={title} width={papers ? Math.max(width, 760) : width} footer={footer} onCancel={papers ? preview.back : onClose} afterOpenChange={first} mask={{ closable: false }} centered closable={{ "aria-label": "关闭" }}>
      <div data-keys="rest" ref={content}>
        {papers ? <Sheets papers={papers} /> : children /* what is read is what is sent: nothing can be changed beneath it */}
        {fault && <Alert className="dialog-fault" type={mild ? "warning" : "error"} showIcon title={fault} role="alert" style={{ marginTop: 14 }} />}
      </div>
    </Modal>
  );
}
