/** What can go wrong with a call: the API says no (a problem document, RFC 9457), or nobody answers. */
import type { ProblemCode } from "@shared/vocabulary";
import type { Problem } from "./types";

export interface FieldFault {
  path: string;
  message: string;
}

export class ApiProblem extends Error {
  readonly status: number;
  readonly code: ProblemCode;
  readonly fields: FieldFault[];

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = "ApiProblem";
    this.status = problem.status;
    this.code = problem.code as ProblemCode;
    this.fields = problem.fields ?? [];
  }
}

/** No answer of ours arrived: the network, the front door or the API is down. Trying again later helps. */
export class Unreachable extends Error {
  constructor() {
    super("暂时连接不上服务，填写的内容都还在，恢复后再提交一次即可");
    this.name = "Unreachable";
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && typeof (body as Problem).detail === "string";
}

/** What a gateway writes when there is nobody behind it. */
function fromGateway(status: number, problem: Problem): boolean {
  return status >= 502 && problem.code === "gateway";
}

/** Read a refused answer. What no API of ours wrote (no problem document, or a gateway's) counts as unreachable. */
export function refusal(status: number, body: unknown): ApiProblem | Unreachable {
  if (isProblem(body) && !fromGateway(status, body)) return new ApiProblem({ ...body, status });
  if (status === 401)
    return new ApiProblem({ type: "about:blank", title: "请先登录", status, code: "unauthenticated", detail: "请重新登录" });
  return new Unreachable();
}

/** Say any error in Chinese. */
export function sentence(error: unknown): string {
  if (error instanceof ApiProblem || error instanceof Unreachable) return error.message;
  return "页面出了点问题，请再试一次；如果仍然不行，请刷新页面";
}

/** Tell whether a colleague was faster, or the case went on meanwhile. */
export function overtaken(error: unknown): error is ApiProblem {
  return error instanceof ApiProblem && error.status === 409;
}

/** Sort the faults of a problem by field: `form.id_number` → its message. The first of a field stands. */
export function faultsByPath(error: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  if (error instanceof ApiProblem) for (const fault of error.fields) found[fault.path] ??= fault.message;
  return found;
}
