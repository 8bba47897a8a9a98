/** The one way to the API: typed by its document, with the token, and errors as exceptions. */
import type { paths } from "@shared/api";
import createClient from "openapi-fetch";
import { clerk, lock } from "../session/session";
import { found, lost } from "./connection";
import { ApiProblem, Unreachable, refusal } from "./problem";

const TIMEOUT = 20_000;

async function send(request: Request): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT)]) });
  } catch (fault) {
    if (request.signal.aborted) throw fault;
    lost();
    throw new Unreachable();
  }
}

export const api = createClient<paths>({
  baseUrl: globalThis.location?.origin,
  fetch: send,
  querySerializer: { array: { style: "form", explode: false } },
});

api.use({
  onRequest({ request }) {
    const token = clerk.get()?.token;
    if (token) request.headers.set("Authorization", `Bearer ${token}`);
    return request;
  },
});

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Return what a call answered, or throw ApiProblem or Unreachable. A refused token locks the desk. */
export async function ok<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch (fault) {
    if (!(fault instanceof SyntaxError)) throw fault;
    lost(); // an answer that is no JSON is not one of ours
    throw new Unreachable();
  }
  if (answer.response.ok && answer.data !== undefined) {
    found();
    return answer.data;
  }
  const refused = refusal(answer.response.status, answer.error);
  if (refused instanceof Unreachable) lost();
  else found();
  if (refused instanceof ApiProblem && refused.status === 401 && clerk.get()?.token) lock("expired");
  throw refused;
}
