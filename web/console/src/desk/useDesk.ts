import { useEffect, useMemo, useRef, useState } from "react";
import { useTaskCounts, useTaskPages } from "../api/queries";
import { store, useStore } from "../lib/store";
import { arrivals, countOf, merged } from "./list";

const ENOUGH = 20;
const SKEW = 120_000; // how far this computer's clock may be ahead

/** What I decided in this tab: the list may lag a moment behind. */
export const decided = store<ReadonlySet<string>>(new Set());

export function markDecided(taskId: string): void {
  decided.set(new Set([...decided.get(), taskId]));
}

/** My list as it is now, and what is new since I looked. */
export function useDesk() {
  const pages = useTaskPages();
  const counts = useTaskCounts();
  const gone = useStore(decided);
  const known = useRef<Set<string> | null>(null);
  const [since] = useState(() => Date.now() - SKEW);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const tasks = useMemo(() => merged((pages.data?.pages ?? []).map((page) => page.tasks), gone), [pages.data, gone]);
  const { data, hasNextPage, isFetching, fetchNextPage } = pages;

  useEffect(() => {
    if (!data) return;
    const arrived = arrivals(known.current, tasks, since);
    known.current = new Set([...(known.current ?? []), ...tasks.map((task) => task.task_id)]);
    if (arrived.length) setFresh((before) => new Set([...before, ...arrived]));
  }, [data, tasks, since]);

  useEffect(() => {
    // a page may be empty for my role although there is more behind it
    if (hasNextPage && !isFetching && tasks.length < ENOUGH) {
      known.current = null;
      void fetchNextPage();
    }
  }, [hasNextPage, isFetching, fetchNextPage, tasks.length]);

  return {
    tasks,
    counts: counts.data ?? countOf(tasks, Boolean(hasNextPage)),
    fresh,
    seen: (taskId?: string) => setFresh((before) => (taskId ? new Set([...before].filter((each) => each !== taskId)) : new Set())),
    loading: pages.isPending,
    error: pages.data ? null : pages.error,
    retry: () => void pages.refetch(),
    more: pages.hasNextPage
      ? () => {
          known.current = null;
          void pages.fetchNextPage();
        }
      : null,
  };
}
