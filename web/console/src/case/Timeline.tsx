import { EVENT_NAMES, type EventName, NOTICE_FATE_NAMES, NOTICE_WAY_NAMES, type NoticeFate } from "@shared/vocabulary";
import type { TimelineEntry } from "../api/types";
import { moment } from "../lib/format";

const LOOKS: Record<NoticeFate, string> = { delivered: "ok", sent: "brand", sending: "", queued: "", failed: "late", skipped: "" };

/** What an event is called: a no by the word it was told in; one this desk does not know yet is 进展. */
function eventName({ event, data }: TimelineEntry): string {
  return String(data?.verdict ?? EVENT_NAMES[event as EventName] ?? "进展");
}

/** What offices write for each other and no sentence of the story says. */
const OWN: Partial<Record<EventName, string[]>> = { recalled: ["reason"], examined: ["staff", "finding"] };

function own({ event, data }: TimelineEntry): string {
  const said = (OWN[event as EventName] ?? []).map((name) => data?.[name]);
  return said.map((each) => (Array.isArray(each) ? each.join("、") : String(each ?? ""))).filter(Boolean).join("：");
}

/** The story of a case, newest first, with what the citizen was told and whether it arrived. */
export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  const told = entries.filter((each) => each.notice && each.notice.status !== "skipped").length;
  const failed = entries.filter((each) => each.notice?.status === "failed").length;
  return (
    <section className="card" aria-label="办理过程和通知">
      <h2>
        办理过程和通知 {told > 0 && <span className="tag">通知 {told} 次</span>}
        {failed > 0 && <span className="tag late">没有送达 {failed} 次</span>}
      </h2>
      <ol className="timeline">
        {[...entries].reverse().map((each, place) => (
          <li key={`${each.at}${each.event}${place}`}>
            <p className="timeline-head">
              <b>{eventName(each)}</b>
              <time className="num faint">{moment(each.at)}</time>
              {each.by && !each.text.includes(each.by) && <span className="faint">{each.by}</span>}
            </p>
            <p>{each.text}</p>
            {own(each) && <p className="faint">{own(each)}</p>}
            {each.notice && (
              <p>
                <span className={`tag ${LOOKS[each.notice.status]}`}>
                  {NOTICE_WAY_NAMES[each.notice.channel]} · {NOTICE_FATE_NAMES[each.notice.status]}
                </span>
                {each.notice.reason && <span className="faint"> {each.notice.reason}</span>}
                {each.notice.next_at && <span className="faint num"> {moment(each.notice.next_at)}左右再发</span>}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
