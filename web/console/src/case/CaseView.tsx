import type { ComponentType, ReactNode } from "react";
import type { Revealed, Service, StaffCase, Task } from "../api/types";
import { useKeys } from "../lib/keys";
import { Branches } from "./Branches";
import { CaseHeader } from "./CaseHeader";
import { FormCard } from "./FormCard";
import { MaterialsCard } from "./MaterialsCard";
import { MissingNote } from "./MissingNote";
import { RevealDialog } from "./RevealDialog";
import { SidesCard } from "./SidesCard";
import { Timeline } from "./Timeline";
import type { useReveal } from "./useReveal";
import "./case.css";

/** What capabilities show beside a case: each `src/<name>/CasePart.tsx` is one. */
const PARTS = Object.entries(import.meta.glob<ComponentType<{ file: StaffCase }>>("../*/CasePart.tsx", { eager: true, import: "default" }));

interface Props {
  file: StaffCase;
  reveal: ReturnType<typeof useReveal>;
  service: Service | undefined;
  actions?: ReactNode;
  note?: ReactNode;
  /** The task in hand, where there is one */
  task?: Task | undefined;
}

/** A whole case: the form, the materials beside it, the story with its notices, and what other departments do. */
export function CaseView({ file, reveal, service, actions, note, task }: Props) {
  const clear: Revealed | null = reveal.clear;
  useKeys("办件", file.clear ? [{ keys: ["v"], label: clear ? "重新遮盖个人信息" : "查看完整个人信息（留记录）", run: reveal.toggle }] : []);
  return (
    <article className="case">
      <CaseHeader file={file} actions={actions} task={task} />
      <div className="case-body">
        {note}
        <MissingNote missing={file.missing} />
        <div className="case-columns">
          <div className="case-column">
            <FormCard file={file} service={service} clear={clear} onToggle={reveal.toggle} />
            <SidesCard file={file} clear={clear} />
            <Timeline entries={file.timeline} />
          </div>
          <div className="case-column">
            <MaterialsCard key={file.case_no} file={file} service={service} />
            <Branches branches={file.branches ?? []} service={service} />
            {PARTS.map(([path, Part]) => (
              <Part key={path} file={file} />
            ))}
          </div>
        </div>
      </div>
      {reveal.asking && <RevealDialog onClose={reveal.cancel} onSubmit={reveal.read} busy={reveal.busy} fault={reveal.fault} />}
    </article>
  );
}
