import { BellOutlined, DownOutlined } from "@ant-design/icons";
import { Button, Input, Select } from "antd";
import { LAMP_NAMES, TASK_KIND_NAMES, type TaskKind } from "@shared/vocabulary";
import type { Task } from "../api/types";
import { Loading, Problem } from "../ui/Problem";
import { TaskRow } from "./TaskRow";
import { type Filter, servicesOf } from "./list";
import type { useDesk } from "./useDesk";

interface Props {
  desk: ReturnType<typeof useDesk>;
  shown: Task[];
  filter: Filter;
  onFilter: (filter: Filter) => void;
  cursor: string | undefined;
  opened: string | undefined;
  onOpen: (taskId: string) => void;
}

const KIND_OPTIONS = [{ value: "all" as const, label: "全部环节" }, ...(Object.keys(TASK_KIND_NAMES) as TaskKind[]).map((kind) => ({ value: kind, label: TASK_KIND_NAMES[kind] }))];

export function TaskList({ desk, shown, filter, onFilter, cursor, opened, onOpen }: Props) {
  const first = shown[0]?.task_id;
  const stop = shown.some((task) => task.task_id === cursor) ? cursor : first;
  const { total, lamps, more } = desk.counts;
  return (
    <section className="desk-list" aria-label="待办清单">
      <header>
        <h1>
          待办 <span className="num">{total}{more && "+"}</span>
        </h1>
        <p className="desk-counts num">
          {more && <span className="faint">还有没计入的</span>}
          {(lamps["near"] ?? 0) > 0 && <span className="tag near">▲ {LAMP_NAMES.near} {lamps["near"]}</span>}
          {(lamps["overdue"] ?? 0) > 0 && <span className="tag late">■ {LAMP_NAMES.overdue} {lamps["overdue"]}</span>}
        </p>
      </header>
      <div className="desk-filter">
        <Select suffixIcon={<DownOutlined aria-hidden />} aria-label="按环节筛选" value={filter.kind} options={KIND_OPTIONS} onChange={(kind) => onFilter({ ...filter, kind })} />
        <Select
          aria-label="按事项筛选"
          suffixIcon={<DownOutlined aria-hidden />}
          value={filter.service}
          popupMatchSelectWidth={300}
          options={[{ value: "", label: "全部事项" }, ...servicesOf(desk.tasks).map((each) => ({ value: each.code, label: `${each.name}（${each.count}）` }))]}
          onChange={(service) => onFilter({ ...filter, service })}
        />
        <Input
          id="desk-words"
          aria-label="按办件号、申请人或事项筛选"
          placeholder="办件号、申请人、事项（按 / 输入）"
          allowClear
          value={filter.words}
          onChange={(event) => onFilter({ ...filter, words: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === "Escape" || event.key === "Enter") event.currentTarget.blur();
          }}
        />
      </div>
      <div className="desk-news" aria-live="polite">
        {desk.fresh.size > 0 && (
          <Button block type="primary" ghost icon={<BellOutlined aria-hidden />} className="desk-fresh" onClick={() => desk.seen()}>
            有新任务 {desk.fresh.size} 件，知道了
          </Button>
        )}
      </div>
      <Rows {...{ desk, shown, opened, onOpen, stop }} />
    </section>
  );
}

function Rows({ desk, shown, opened, onOpen, stop }: Pick<Props, "desk" | "shown" | "opened" | "onOpen"> & { stop: string | undefined }) {
  if (desk.error) return <Problem error={desk.error} retry={desk.retry} />;
  if (desk.loading) return <Loading what="待办" />;
  if (!shown.length) return <p className="blank">{desk.tasks.length ? "没有符合筛选的任务" : "现在没有待办"}</p>;
  return (
    <div className="desk-rows">
      <ul>
        {shown.map((task) => (
          <TaskRow key={task.task_id} task={task} fresh={desk.fresh.has(task.task_id)} current={task.task_id === opened} stop={task.task_id === stop} onOpen={onOpen} />
        ))}
      </ul>
      {desk.more && (
        <Button block type="text" onClick={desk.more}>
          显示更多
        </Button>
      )}
    </div>
  );
}
