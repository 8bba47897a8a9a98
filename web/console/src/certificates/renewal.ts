import { grouped } from "@shared/caseNo";
import { chineseDay } from "@shared/days";
import { PERIODS } from "@shared/vocabulary";
import type { Receipt } from "../api/types";

type Asked = NonNullable<Receipt["renewal"]>;

/** What is to be renewed, until when it runs, and what the law makes of no decision by then (《行政许可法》第50条). */
export function renewalText({ number, runs_to, timely }: Asked): string {
  const end = timely
    ? "已受理而届时没有决定的，视为准予延续"
    : `提出时已不足${PERIODS.RENEWAL_ASKED}，届时没有决定的，证照到期失效`;
  return `${grouped(number)}，有效期至${chineseDay(runs_to)}；${end}`;
}
