/**
 * Who sits here. Kept for this browser tab only (sessionStorage) and for as long as the API grants; locked when
 * nobody touched the desk for a while, or when the API no longer takes the token. Locking keeps the page and what was typed.
 */
import type { Role } from "@shared/vocabulary";
import type { Session } from "../api/types";
import { store } from "../lib/store";

export interface Clerk {
  username: string;
  name: string;
  token: string;
  expires: number;
  roles: Role[];
  department: string;
}

export type Locked = "expired" | "idle";

const PLACE = "rongyiban.clerk";

function restored(): Clerk | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(PLACE) ?? "null") as Clerk | null;
    return kept && kept.expires > Date.now() ? kept : null;
  } catch {
    return null;
  }
}

export const clerk = store<Clerk | null>(restored());
export const locked = store<Locked | null>(null);

/** Sit down: keep the session the API opened. */
export function enter(username: string, session: Session): void {
  const fresh: Clerk = {
    username,
    name: session.name ?? username,
    token: session.token,
    expires: Date.parse(session.expires_at),
    roles: session.roles ?? [],
    department: session.department ?? "",
  };
  sessionStorage.setItem(PLACE, JSON.stringify(fresh));
  clerk.set(fresh);
  locked.set(null);
}

/** Lock the desk: the token is given up at once, the page stays behind the veil. */
export function lock(why: Locked): void {
  const sitting = clerk.get();
  if (!sitting || locked.get()) return;
  sessionStorage.removeItem(PLACE);
  clerk.set({ ...sitting, token: "" });
  locked.set(why);
}

/** Leave: forget the session and everything typed. */
export function leave(): void {
  sessionStorage.clear();
  locked.set(null);
  clerk.set(null);
}

export function has(sitting: Clerk | null, ...roles: Role[]): boolean {
  return roles.some((role) => sitting?.roles.includes(role));
}
