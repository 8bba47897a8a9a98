import type { NoticeFate, TimelineEntry } from "../api/types";
import { moment } from "../lib/format";
import { NOTICE_FATES, NOTICE_WAYS, eventName } from "../lib/words";

const LOOKS: Record<NoticeFate["status"], string> = { delivered: "ok", sent: "brand", queued: "", failed: "late", skipped: "" };

/** The story of a case, newest first, with what the citizen was told and whether it arrived. */
export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  const told = entries.filter((each) => each.notice).length;
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
              <b>{eventName(each.event)}</b>
              <time className="num faint">{moment(each.at)}</time>
              {each.by && !each.text.includes(each.by) && <span className="faint">{each.by}</span>}
            </p>
            <p>{each.text}</p>
            {each.notice && (
              <p>
                <span className={`tag ${LOOKS[each.notice.status]}`}>
                  {NOTICE_WAYS[each.notice.channel]} · {NOTICE_FATES[each.notice.status]}
                </span>
                {each.notice.reason && <span className="faint"> {each.notice.reason}</span>}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
