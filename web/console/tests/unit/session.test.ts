// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { down, found, lost } from "../../src/api/connection";
import { readDraft, writeDraft } from "../../src/lib/draft";
import { clerk, enter, has, leave, lock, locked } from "../../src/session/session";
import { signOut } from "../../src/session/signIn";

const session = { token: "t", expires_at: new Date(Date.now() + 8 * 3_600_000).toISOString(), kind: "staff" as const, roles: ["clerk" as const] };

beforeEach(() => {
  leave();
  found();
});

describe("session", () => {
  it("gives up the token when locked, and keeps who sat there and what was typed", () => {
    enter("wang", session);
    writeDraft("task.reject", "理由写到一半");
    lock("idle");
    expect(locked.get()).toBe("idle");
    expect(clerk.get()).toMatchObject({ username: "wang", token: "" });
    expect(sessionStorage.getItem("rongyiban.clerk")).toBeNull();
    expect(readDraft("task.reject")).toBe("理由写到一半");
    enter("wang", session);
    expect(locked.get()).toBeNull();
  });

  it("forgets everything on sign-out", () => {
    enter("wang", session);
    writeDraft("intake.x", { form: { name: "王小明" } });
    leave();
    expect(clerk.get()).toBeNull();
    expect(sessionStorage).toHaveLength(0);
  });

  it("knows roles", () => {
    enter("wang", session);
    expect(has(clerk.get(), "clerk", "supervisor")).toBe(true);
    expect(has(clerk.get(), "supervisor")).toBe(false);
    expect(has(null, "clerk")).toBe(false);
  });
});

describe("sign-out", () => {
  it.each([
    ["answered", () => Promise.resolve(new Response(null, { status: 204 }))],
    ["not answered", () => Promise.reject(new TypeError("refused"))],
  ])("forgets the token at once and ends it with the API, %s", async (_, answer) => {
    const asked = vi.spyOn(globalThis, "fetch").mockReset().mockImplementation(answer);
    enter("wang", session);
    signOut();
    expect(clerk.get()).toBeNull();
    await vi.waitFor(() => expect(asked).toHaveBeenCalledOnce());
    const request = asked.mock.calls[0]![0] as Request;
    expect([request.method, new URL(request.url).pathname, request.headers.get("Authorization")]).toEqual(["DELETE", "/v1/sessions/current", "Bearer t"]);
  });
});

describe("connection", () => {
  it("asks for health until somebody answers, then all is well again", async () => {
    vi.useFakeTimers();
    const answers = [() => Promise.reject(new TypeError("refused")), () => Promise.resolve(new Response("{}", { headers: { "content-type": "application/json" } }))];
    const asked = vi.spyOn(globalThis, "fetch").mockImplementation(() => answers.shift()!());
    lost();
    lost();
    expect(down.get()).toBe(true);
    await vi.advanceTimersByTimeAsync(3000);
    expect(down.get()).toBe(true);
    await vi.advanceTimersByTimeAsync(3000);
    expect(down.get()).toBe(false);
    expect(asked).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(9000);
    expect(asked).toHaveBeenCalledTimes(2);
    vi.useRealTimers();
  });
});
