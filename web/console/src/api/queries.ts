/** What the pages ask the API, kept and renewed by TanStack Query. Nothing is asked while the desk is locked or the API is down. */
import { QueryClient, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useStore } from "../lib/store";
import { clerk, locked } from "../session/session";
import { api, ok } from "./client";
import { down } from "./connection";
import { ApiProblem } from "./problem";
import type { StaffCase } from "./types";

const POLL = 5_000;
const HOUR = 3_600_000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: "always",
      staleTime: 10_000,
      retry: (count, fault) => count < 1 && !(fault instanceof ApiProblem) && !down.get(),
      refetchOnWindowFocus: true,
    },
    mutations: { networkMode: "always", retry: false },
  },
});

down.watch(() => {
  if (!down.get() && clerk.get()?.token) void queryClient.invalidateQueries();
});
locked.watch(() => {
  if (!locked.get() && clerk.get()?.token) void queryClient.invalidateQueries();
});

/** Whether there is anybody to ask for, and anybody who answers. */
export function useReady(): boolean {
  const why = useStore(locked);
  const sitting = useStore(clerk);
  const gone = useStore(down);
  return !why && !gone && Boolean(sitting?.token);
}

/** My department's work, page by page; asked again every five seconds while the page is in sight. */
export function useTaskPages() {
  const ready = useReady();
  return useInfiniteQuery({
    queryKey: ["tasks"],
    queryFn: ({ pageParam, signal }) =>
      ok(api.GET("/v1/tasks", { params: { query: pageParam ? { next: pageParam } : {} }, signal })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    refetchInterval: ready ? POLL : false,
    enabled: ready,
    staleTime: POLL,
  });
}

/** How much work lies on the whole desk; counted anew when a task moves, and every half minute. */
export function useTaskCounts() {
  const ready = useReady();
  return useQuery({
    queryKey: ["tasks", "counts"],
    queryFn: ({ signal }) => ok(api.GET("/v1/tasks/counts", { signal })),
    refetchInterval: ready ? POLL * 6 : false,
    enabled: ready,
  });
}

export function useCase(caseNo: string, live = false) {
  const ready = useReady();
  return useQuery<StaffCase>({
    queryKey: ["case", caseNo],
    queryFn: ({ signal }) => ok(api.GET("/v1/staff/cases/{case_no}", { params: { path: { case_no: caseNo } }, signal })),
    enabled: ready && caseNo !== "",
    staleTime: 0, // shown at once from memory, and asked again: colleagues work on it too
    refetchInterval: ready && live ? POLL * 2 : false,
  });
}

/** A service as it is now, or in one version of it. */
export function useService(code: string | undefined, version?: string) {
  const ready = useReady();
  return useQuery({
    queryKey: ["service", code, version ?? "now"],
    queryFn: ({ signal }) => ok(api.GET("/v1/services/{code}", { params: { path: { code: code! }, query: version ? { version } : {} }, signal })),
    enabled: ready && Boolean(code),
    staleTime: version ? Infinity : HOUR / 60,
    gcTime: HOUR,
  });
}

/** The service of a case, in the version it was filed under: a newer one has other fields, materials and stages. */
export function useCaseService(file: Pick<StaffCase, "service" | "version"> | undefined) {
  return useService(file?.service, file?.version);
}

export function useServices(channel?: "window") {
  const ready = useReady();
  return useQuery({
    queryKey: ["services", channel ?? "all"],
    queryFn: ({ signal }) => ok(api.GET("/v1/services", { params: { query: channel ? { channel } : {} }, signal })),
    enabled: ready,
    staleTime: HOUR / 60,
  });
}

export interface Wanted {
  case_no?: string;
  phone?: string;
  id_number?: string;
}

export function useFound(wanted: Wanted | null) {
  const ready = useReady();
  return useInfiniteQuery({
    queryKey: ["found", wanted],
    queryFn: ({ pageParam, signal }) =>
      ok(api.GET("/v1/staff/cases", { params: { query: { ...wanted, ...(pageParam ? { next: pageParam } : {}) } }, signal })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    enabled: ready && wanted !== null,
    gcTime: 60_000,
  });
}

export function usePostage(month: string) {
  const ready = useReady();
  return useInfiniteQuery({
    queryKey: ["postage", month],
    queryFn: ({ pageParam, signal }) => ok(api.GET("/v1/staff/postage", { params: { query: { month, ...(pageParam ? { next: pageParam } : {}) } }, signal })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    enabled: ready,
  });
}

export function useBoard(from: string, to: string) {
  const ready = useReady();
  return useQuery({
    queryKey: ["board", from, to],
    queryFn: ({ signal }) => ok(api.GET("/v1/staff/board", { params: { query: { from, to } }, signal })),
    enabled: ready,
    refetchInterval: ready ? 60_000 : false,
    placeholderData: (before) => before,
  });
}
