// @vitest-environment jsdom
import { describe, expect, it, vi } from "vitest";
import { actionFor, busy, keyName, type KeyLayer } from "../../src/lib/keys";

const press = (init: KeyboardEventInit) => new KeyboardEvent("keydown", init);

describe("keyName", () => {
  it.each([
    [{ key: "j", code: "KeyJ" }, "j"],
    [{ key: "J", code: "KeyJ", shiftKey: true }, "j"],
    [{ key: "ｊ", code: "KeyJ" }, "j"],
    [{ key: "?", code: "Slash", shiftKey: true }, "?"],
    [{ key: "？", code: "Slash", shiftKey: true }, "?"],
    [{ key: "、", code: "Slash" }, "/"],
    [{ key: "/", code: "Slash" }, "/"],
    [{ key: "Enter", code: "Enter", ctrlKey: true }, "Ctrl+Enter"],
    [{ key: "Enter", code: "Enter", metaKey: true }, "Ctrl+Enter"],
    [{ key: "¡", code: "Digit1", altKey: true }, "Alt+1"],
    [{ key: "a", code: "KeyA", ctrlKey: true }, "Ctrl+a"],
    [{ key: "ArrowDown", code: "ArrowDown" }, "ArrowDown"],
  ])("%j → %s", (init, name) => expect(keyName(press(init))).toBe(name));

  it("keeps quiet while a Chinese word is being composed", () => {
    expect(keyName(press({ key: "a", code: "KeyA", isComposing: true }))).toBeUndefined();
  });
});

describe("busy", () => {
  it.each([
    ["<input>", true],
    ["<input type=checkbox>", false],
    ["<textarea></textarea>", true],
    ["<button>好</button>", false],
    ["<a href='#'>链接</a>", false],
  ])("%s → %s", (html, expected) => {
    document.body.innerHTML = html;
    expect(busy(document.body.firstElementChild)).toBe(expected);
  });

  it("rests everywhere in a dialog", () => {
    document.body.innerHTML = "<div role=dialog><button>提交</button></div>";
    expect(busy(document.querySelector("button"))).toBe(true);
  });
});

describe("actionFor", () => {
  const approve = vi.fn();
  const layers: KeyLayer[] = [
    { title: "全局", actions: [{ keys: ["a"], run: vi.fn() }, { keys: ["Ctrl+Enter"], always: true, run: vi.fn() }] },
    { title: "办理", actions: [{ keys: ["a"], run: approve }] },
  ];
  it("asks the newest layer first", () => expect(actionFor("a", layers, false)?.run).toBe(approve));
  it("leaves letters alone while typing", () => expect(actionFor("a", layers, true)).toBeUndefined());
  it("never rests Ctrl+Enter", () => expect(actionFor("Ctrl+Enter", layers, true)).toBeDefined());
  it("knows nothing of other keys", () => expect(actionFor("x", layers, false)).toBeUndefined());
});
