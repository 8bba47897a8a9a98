import { AWAITED, lampOf, today } from "@shared/days";
import { LAMP_NAMES, type Lamp as Colour } from "@shared/vocabulary";
import type { CaseSummary } from "../api/types";
import { dueText } from "../lib/due";

const SIGNS: Record<Colour, string> = { normal: "●", near: "▲", overdue: "■" };
const LOOKS: Record<Colour, string> = { normal: "tag ok", near: "tag near", overdue: "tag late" };

/** The lamp of a deadline: colour, shape and words, so that nobody depends on colour. */
export function Lamp({ lamp, due, provisional = false }: { lamp: Colour; due: string | null | undefined; provisional?: boolean }) {
  return (
    <span className={LOOKS[lamp]} title={due ? `${LAMP_NAMES[lamp]}，${due.slice(0, 10)} 到期${provisional ? AWAITED : ""}` : LAMP_NAMES[lamp]}>
      <span aria-hidden="true">{SIGNS[lamp]}</span>
      <span className="out-of-sight">{LAMP_NAMES[lamp]}，</span>
      {dueText(due, today())}
      {provisional && "（暂定）"}
    </span>
  );
}

/** The lamp of a case's promise; while its clock stands, that it does. */
export function CaseLamp({ file }: { file: Pick<CaseSummary, "promised_by" | "clock"> }) {
  const { days, provisional, paused_since } = file.clock;
  if (paused_since) return <span className="tag" title={`${paused_since} 起不计时`}>暂停计时</span>;
  return <Lamp lamp={lampOf(file.promised_by, today(), days)} due={file.promised_by} provisional={provisional} />;
}
