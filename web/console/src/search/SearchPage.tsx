import { Button, Input, type InputRef } from "antd";
import { type SyntheticEvent, useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { type Wanted, useFound } from "../api/queries";
import { store, useStore } from "../lib/store";
import { useKeys } from "../lib/keys";
import { Loading, Problem } from "../ui/Problem";
import { FoundTable } from "./FoundTable";
import { wantedOf } from "./wanted";

/** What was looked for last, kept in memory only: phones and IDs are written nowhere. */
const asked = store<Wanted | null>(null);

const HOW = { case_no: "办件号", phone: "手机号码", id_number: "证件号码" } as const;

export function SearchPage() {
  const go = useNavigate();
  const wanted = useStore(asked);
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState("");
  const field = useRef<InputRef>(null);
  const found = useFound(wanted);
  const cases = found.data?.pages.flatMap((page) => page.cases) ?? [];
  const how = wanted && (Object.keys(wanted)[0] as keyof typeof HOW);

  useEffect(() => {
    document.title = "办件查询 · 蓉易办工作台";
  }, []);
  useEffect(() => {
    if (cases.length && document.activeElement === field.current?.input) document.querySelector<HTMLElement>("[data-found]")?.focus();
  }, [wanted, cases.length]);
  useKeys("办件查询", [{ keys: ["/"], label: "输入号码", run: () => field.current?.focus() }]);

  function look(event: SyntheticEvent): void {
    event.preventDefault();
    const next = wantedOf(typed);
    if (typeof next === "string") return setFault(next);
    setFault("");
    asked.set(next);
  }

  return (
    <div className="page">
      <header>
        <h1>办件查询</h1>
        <p className="faint">按办件号、手机号码或证件号码查找，结果中的个人信息已遮盖。</p>
      </header>
      <form onSubmit={look} style={{ display: "flex", gap: 10, maxWidth: 640 }} role="search">
        <Input
          ref={field}
          size="large"
          autoFocus
          allowClear
          autoComplete="off"
          aria-label="办件号、手机号码或证件号码"
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault ? "search-fault" : undefined}
          placeholder="12 位办件号、11 位手机号码或 18 位证件号码"
          value={typed}
          status={fault ? "error" : ""}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button type="primary" size="large" htmlType="submit" loading={found.isFetching}>
          查找
        </Button>
      </form>
      {fault && (
        <p id="search-fault" role="alert" style={{ color: "var(--late)", marginTop: 8 }}>
          {fault}
        </p>
      )}
      <div style={{ marginTop: 18 }} aria-live="polite">
        {wanted && found.isPending && <Loading what="办件" />}
        {wanted && found.isError && !found.data && <Problem error={found.error} retry={() => void found.refetch()} />}
        {found.data && how && (
          <>
            <p className="faint" style={{ marginBottom: 8 }}>
              按{HOW[how]}找到 {cases.length} 件{found.hasNextPage ? "以上" : ""}
            </p>
            {cases.length > 0 && <FoundTable cases={cases} onOpen={(caseNo) => void go(`/cases/${caseNo}`)} />}
            {found.hasNextPage && <Button onClick={() => void found.fetchNextPage()}>显示更多</Button>}
          </>
        )}
      </div>
    </div>
  );
}
