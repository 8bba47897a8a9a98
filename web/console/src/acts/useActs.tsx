import { Button } from "antd";
import { useState } from "react";
import type { OfficeAct } from "@shared/vocabulary";
import type { StaffCase } from "../api/types";
import type { KeyAction } from "../lib/keys";
import { RevisingDialog } from "../proposals/RevisingDialog";
import { ActDialog } from "./ActDialog";
import { KEYS, named } from "./forms";

/** The acts on a case that the API says are open to me: their keys, their buttons, and the dialog of the one begun. */
export function useActs(file: StaffCase | undefined) {
  const [doing, setDoing] = useState<OfficeAct | null>(null);
  const open = (file?.acts ?? []).map((act) => [act, named(act, file!)] as const);
  const keys: KeyAction[] = open.map(([act, label]) => ({ keys: [KEYS[act]], label, run: () => setDoing(act) }));
  const buttons = open.map(([act, label]) => (
    <Button key={act} onClick={() => setDoing(act)}>
      {label} <kbd>{KEYS[act].toUpperCase()}</kbd>
    </Button>
  ));
  const close = () => setDoing(null);
  const dialog = file && doing && (doing === "revise" ? <RevisingDialog file={file} onClose={close} /> : <ActDialog key={doing} file={file} act={doing} onClose={close} />);
  return { keys, buttons, dialog };
}
