import { api, ok } from "../api/client";
import { clerk, enter, leave } from "./session";

/** Ask the API for a session and sit down. Throws ApiProblem (401 wrong, 429 locked out) or Unreachable. */
export async function signIn(username: string, password: string): Promise<void> {
  const session = await ok(api.POST("/v1/staff/sessions", { body: { username, password } }));
  enter(username, session);
}

/** Leave at once; the token is dead as soon as the API hears of it, and by itself in the end. */
export function signOut(): void {
  const token = clerk.get()?.token;
  if (token) api.DELETE("/v1/sessions/current", { headers: { Authorization: `Bearer ${token}` } }).catch(() => undefined);
  leave();
}
