import { Button, Input } from "antd";
import { today } from "@shared/days";
import { isDay, tidied } from "@shared/formats";
import { FIGURE_NAMES } from "@shared/vocabulary";
import { useEffect, useState } from "react";
import { useBoard } from "../api/queries";
import { percent } from "../lib/format";
import { Loading, Problem } from "../ui/Problem";
import { Indicators } from "./Indicators";
import { Bars, Ring, Split } from "./charts";
import { Postage } from "./Postage";
import { CARDS, channelBars, lastDays, levelBars } from "./figures";
import "./board.css";

const CHOICES = [1, 7, 30, 90];

/** What a supervisor watches: received, decided, on time, overdue, satisfaction, share by channel. */
export function BoardPage() {
  const [days, setDays] = useState(() => lastDays(today(), 30));
  const [typed, setTyped] = useState(days);
  const board = useBoard(days.from, days.to);
  useEffect(() => {
    document.title = "监督看板 · 蓉易办工作台";
  }, []);
  const choose = (count: number) => {
    const next = lastDays(today(), count);
    setDays(next);
    setTyped(next);
  };
  const take = () => {
    const next = { from: tidied(typed.from, "date"), to: tidied(typed.to, "date") };
    setTyped(next);
    if (isDay(next.from) && isDay(next.to)) setDays(next);
  };
  const chosen = CHOICES.find((count) => lastDays(today(), count).from === days.from && days.to === today());
  return (
    <div className="page board">
      <header>
        <h1>监督看板</h1>
        <span className="grow" />
        {CHOICES.map((count) => (
          <Button key={count} type={count === chosen ? "primary" : "default"} aria-pressed={count === chosen} onClick={() => choose(count)}>
            {count === 1 ? "今天" : `近 ${count} 天`}
          </Button>
        ))}
        <form className="board-days" onSubmit={(event) => { event.preventDefault(); take(); }}>
          <Input aria-label="起始日期" value={typed.from} maxLength={11} onChange={(event) => setTyped({ ...typed, from: event.target.value })} onBlur={take} />
          <span aria-hidden="true">至</span>
          <Input aria-label="截止日期" value={typed.to} maxLength={11} onChange={(event) => setTyped({ ...typed, to: event.target.value })} onBlur={take} />
          <button type="submit" className="out-of-sight">
            查看
          </button>
        </form>
      </header>
      {!board.data && (board.isError ? <Problem error={board.error} retry={() => void board.refetch()} /> : <Loading what="看板" />)}
      {board.data && board.isError && <Problem error={board.error} />}
      {board.data && <Figures board={board.data} />}
      {board.data && <Postage month={days.to.slice(0, 7)} />}
    </div>
  );
}

function Figures({ board }: { board: NonNullable<ReturnType<typeof useBoard>["data"]> }) {
  const { satisfaction } = board;
  return (
    <div className="board-grid">
      <div className="figure-cards">
        {CARDS.map((figure) => (
          <section key={figure} className={`card figure-card ${figure === "overdue" && board.overdue ? "late" : ""}`} aria-label={FIGURE_NAMES[figure]}>
            <p>{FIGURE_NAMES[figure]}</p>
            <b className="num">{board[figure]}</b>
            <small>件{figure === "decided" && `，办结率 ${percent(board.decided, board.received)}`}</small>
          </section>
        ))}
        <section className="card figure-card" aria-label="评价">
          <p>评价</p>
          <b className="num">{satisfaction.rated}</b>
          <small>次，基本满意以上 {satisfaction.satisfied} 次</small>
        </section>
      </div>
      <section className="card ring-card" aria-label="按期办结率">
        <h2>按期办结</h2>
        <Ring share={board.decided ? board.on_time / board.decided : null} label="按期率" />
        <Split parts={[{ name: "按期", value: board.on_time, look: "ok" }, { name: "超期", value: board.overdue, look: "late" }]} />
      </section>
      <section className="card ring-card" aria-label="满意率">
        <h2>满意度</h2>
        <Ring share={satisfaction.rate} label="满意率" />
        <Bars bars={levelBars(board)} unit="次" tight />
      </section>
      <Indicators board={board} />
      <section className="card channel-card" aria-label="渠道分布">
        <h2>收件渠道</h2>
        <Bars bars={channelBars(board)} unit="件" />
      </section>
    </div>
  );
}
