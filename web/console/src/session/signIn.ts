import { api, ok } from "../api/client";
import { enter } from "./session";

/** Ask the API for a session and sit down. Throws ApiProblem (401 wrong, 429 locked out) or Unreachable. */
export async function signIn(username: string, password: string): Promise<void> {
  const session = await ok(api.POST("/v1/staff/sessions", { body: { username, password } }));
  enter(username, session);
}
