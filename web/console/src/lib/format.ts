/** Dates, money and numbers as they are written in a Chinese office. Times are shown in Shanghai time. */

const CLOCK = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

function parts(iso: string): Record<string, string> {
  return Object.fromEntries(CLOCK.formatToParts(new Date(iso)).map((part) => [part.type, part.value]));
}

/** 2026-03-01 09:05 */
export function moment(iso: string | null | undefined): string {
  if (!iso) return "—";
  const { year, month, day, hour, minute } = parts(iso);
  return `${year}-${month}-${day} ${hour}:${minute}`;
}

/** 03-01 09:05, for columns where the year is clear */
export function shortMoment(iso: string): string {
  return moment(iso).slice(5);
}

/** 2026年3月1日 */
export function chineseDate(date: string): string {
  const [year, month, day] = date.slice(0, 10).split("-").map(Number);
  return `${year}年${month}月${day}日`;
}

export function yuan(fen: number): string {
  return fen === 0 ? "不收费" : `${(fen / 100).toFixed(2)} 元`;
}

/** 6600 9271 2114: a case number is read out in groups of four. */
export function grouped(caseNo: string): string {
  return caseNo.replace(/(\d{4})(?=\d)/g, "$1 ");
}

export function percent(part: number, whole: number): string {
  return whole ? `${((part / whole) * 100).toFixed(1).replace(/\.0$/, "")}%` : "—";
}
