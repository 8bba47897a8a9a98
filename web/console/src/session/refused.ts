import { ApiProblem, sentence } from "../api/problem";

export interface Refused {
  title: string;
  text: string;
  tone: "error" | "warning";
}

/** Say kindly why nobody may sit down: a lock-out is no accusation, and it ends. */
export function refused(error: unknown): Refused {
  if (error instanceof ApiProblem && error.status === 429)
    return { title: "为保护您的账号，暂时不能登录", text: `${error.message}。忘记密码请联系本单位管理员。`.replace("。。", "。"), tone: "warning" };
  if (error instanceof ApiProblem && error.status === 401)
    return { title: "没有登录成功", text: error.message, tone: "error" };
  return { title: "没有登录成功", text: sentence(error), tone: "error" };
}
