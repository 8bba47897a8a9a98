import { Fact } from "../case/FormCard";
import type { Row } from "./brief";

/** On top of the case, and where the task is done: what it is about. */
export function TaskBrief({ title, rows }: { title: string; rows: Row[] }) {
  if (!rows.length) return null;
  return (
    <section className="card task-brief" aria-label={title}>
      <h2>{title}</h2>
      <dl className="facts">
        {rows.map(([name, words]) => (
          <Fact key={name} title={name} text={words} />
        ))}
      </dl>
    </section>
  );
}
