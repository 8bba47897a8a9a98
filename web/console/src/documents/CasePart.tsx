import { useMutation } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import type { StaffCase } from "../api/types";
import { moment } from "../lib/format";
import { Problem } from "../ui/Problem";

/** What the offices put on paper: each opens in a window of its own, where it is printed. Every opening is on record. */
export default function Documents({ file }: { file: StaffCase }) {
  const papers = file.documents ?? [];
  const opening = useMutation({
    mutationFn: async (number: string) => {
      const { documents } = await ok(api.GET("/v1/cases/{case_no}/documents", { params: { path: { case_no: file.case_no } } }));
      const found = documents.find((each) => each.document_no === number);
      const beside = found && window.open(found.url, "_blank");
      if (beside) beside.opener = null;
    },
  });
  if (!papers.length) return null;
  return (
    <section className="card" aria-label="文书">
      <h2>
        文书 <span className="tag">{papers.length} 份</span>
      </h2>
      <ul className="material-list">
        {papers.map((each) => (
          <li key={each.document_no}>
            <button type="button" className="material-button" disabled={opening.isPending} onClick={() => opening.mutate(each.document_no)}>
              打开、打印{each.title}
              <span className="faint num">
                {" "}
                {each.document_no}，{moment(each.issued_at)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {opening.isError && <Problem error={opening.error} />}
    </section>
  );
}
