import { describe, expect, it } from "vitest";
import { ApiProblem, Unreachable, faultsByPath, overtaken, refusal, sentence } from "../../src/api/problem";
import { refused } from "../../src/session/refused";

const problem = (status: number, detail: string, fields?: { path: string; code: string; message: string }[]) => refusal(status, { type: "about:blank", title: "", status, code: "x", detail, ...(fields ? { fields } : {}) });

describe("refusal", () => {
  it("repeats the API's own sentence", () => {
    const no = problem(409, "罗成已在14:05办理：受理");
    expect(sentence(no)).toBe("罗成已在14:05办理：受理");
    expect(overtaken(no)).toBe(true);
  });

  it.each([
    [502, undefined],
    [503, "<html>Bad Gateway</html>"],
    [404, { message: "Not Found" }],
    [500, {}],
    [502, { type: "about:blank", title: "服务没有回应", status: 502, code: "gateway", detail: "请稍后再试" }],
  ])("%s that no API of ours wrote means nobody is there", (status, body) => expect(refusal(status, body)).toBeInstanceOf(Unreachable));

  it("takes a 503 of the API as its word, not as silence", () => expect(problem(503, "对方系统繁忙")).toBeInstanceOf(ApiProblem));

  it("asks to sign in again on a bare 401", () => expect(sentence(refusal(401, ""))).toBe("请重新登录"));

  it("sorts faults by field, the first of each", () => {
    const no = problem(400, "填写有误", [
      { path: "form.name", code: "required", message: "姓名不能为空" },
      { path: "form.name", code: "minLength", message: "姓名至少2个字" },
      { path: "contact.phone", code: "format", message: "手机号码不正确" },
    ]);
    expect(faultsByPath(no)).toEqual({ "form.name": "姓名不能为空", "contact.phone": "手机号码不正确" });
    expect(faultsByPath(new Error("x"))).toEqual({});
  });

  it("says every error in Chinese", () => {
    for (const error of [new Error("TypeError: x is undefined"), new Unreachable(), "boom", null]) expect(sentence(error)).not.toMatch(/[a-z]{3}/);
  });
});

it("is kind about a lock-out", () => {
  const words = refused(problem(429, "密码连续输错，请15分钟后再试"));
  expect(words).toMatchObject({ title: "为保护您的账号，暂时不能登录", tone: "warning" });
  expect(words.text).toContain("15分钟");
  expect(words.text).not.toContain("。。");
  expect(refused(problem(401, "用户名或密码不对")).text).toBe("用户名或密码不对");
});
