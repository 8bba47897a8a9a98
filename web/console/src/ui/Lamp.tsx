import { today } from "@shared/days";
import { LAMP_NAMES, type Lamp as Colour } from "@shared/vocabulary";
import { dueText } from "../lib/due";

const SIGNS: Record<Colour, string> = { normal: "●", near: "▲", overdue: "■" };
const LOOKS: Record<Colour, string> = { normal: "tag ok", near: "tag near", overdue: "tag late" };

/** The lamp of a deadline: colour, shape and words, so that nobody depends on colour. */
export function Lamp({ lamp, due }: { lamp: Colour; due: string | null | undefined }) {
  return (
    <span className={LOOKS[lamp]} title={due ? `${LAMP_NAMES[lamp]}，${due.slice(0, 10)} 到期` : LAMP_NAMES[lamp]}>
      <span aria-hidden="true">{SIGNS[lamp]}</span>
      <span className="out-of-sight">{LAMP_NAMES[lamp]}，</span>
      {dueText(due, today())}
    </span>
  );
}
