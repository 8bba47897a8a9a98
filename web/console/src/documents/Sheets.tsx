import { Button } from "antd";
import { useEffect, useRef } from "react";
import type { DocumentPreview } from "../api/types";
import "./sheets.css";

/** Papers as they will be, word for word, before anything is sent; they can be printed, to be signed. */
export function Sheets({ papers }: { papers: DocumentPreview[] }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  if (!papers.length)
    return (
      <div className="sheets" ref={place} tabIndex={-1}>
        <p className="faint">这一步不出具文书。</p>
      </div>
    );
  return (
    <div className="sheets" ref={place} tabIndex={-1} aria-label="文书预览">
      <p className="sheets-head">
        <span className="faint">还没有办理。以下是将要出具的文书，查看已留记录。</span>
        <Button size="small" onClick={() => window.print()}>
          打印
        </Button>
      </p>
      {papers.map((paper) => (
        <article className="sheet" key={paper.kind}>
          <h2>{paper.title}</h2>
          <p className="sheet-no">{paper.document_no}</p>
          {paper.paragraphs.map(({ sort, text }, place) => (
            <p key={place} className={`sheet-${sort}`}>
              {text}
            </p>
          ))}
          {paper.signed.map((line) => (
            <p key={line} className="sheet-signed">
              {line}
            </p>
          ))}
        </article>
      ))}
    </div>
  );
}
