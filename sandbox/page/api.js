// Talking with the sandbox, and small helpers for drawing. Paths are relative to the page (/sandbox/).

export async function call(method, path, body) {
  const options = { method, headers: {} };
  if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(path, options);
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(data.detail || `没有成功（${answer.status}）`);
  return data;
}

export const get = (path) => call("GET", path);
export const post = (path, body = {}) => call("POST", path, body);
export const at = (id) => document.getElementById(id);

/** Make an element: el("p", {class: "x", onclick: f}, "text", child…). */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

let hiding;
export function toast(text) {
  const box = at("toast");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { box.hidden = true; }, 5000);
}

/** Run something a person asked for; say what went wrong. */
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    toast(error instanceof TypeError ? "连不上系统，请看看 make run 是否还在运行" : error.message);
    return undefined;
  }
}

const drawn = new WeakMap();
/** Draw a list anew only when its data changed, and stay at the bottom if one was there. */
export function draw(box, data, make) {
  const key = JSON.stringify(data);
  if (drawn.get(box) === key) return;
  const low = !drawn.has(box) || box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  drawn.set(box, key);
  box.replaceChildren(...make(data));
  if (low) box.scrollTop = box.scrollHeight;
}

export const none = (text) => el("p", { class: "none" }, text);

/** Put the time above what follows, once per five minutes. */
export function times() {
  let last = 0;
  return (iso) => {
    const moment = new Date(iso);
    if (moment - last < 300000) return [];
    last = moment;
    return [el("p", { class: "day" }, clock(moment))];
  };
}

export function clock(moment) {
  const two = (number) => String(number).padStart(2, "0");
  const hours = `${two(moment.getHours())}:${two(moment.getMinutes())}`;
  return moment.toDateString() === new Date().toDateString() ? hours : `${moment.getMonth() + 1}月${moment.getDate()}日 ${hours}`;
}

/** A list of known names with a way to type another; remembers the choice. */
export class Choose {
  constructor(id, label, first, pattern, hint, changed) {
    this.box = at(id);
    this.label = label;
    this.key = `sandbox.${id}`;
    this.pattern = pattern;
    this.hint = hint;
    this.changed = changed;
    this.value = localStorage.getItem(this.key) || first;
    this.known = [];
    this.list();
  }

  offer(known) {
    if (JSON.stringify(known) === JSON.stringify(this.known)) return;
    this.known = known;
    if (!this.typing) this.list();
  }

  list() {
    this.typing = false;
    const names = [...new Set([this.value, ...this.known])];
    const options = names.map((name) => el("option", { value: name, selected: name === this.value }, name));
    const other = el("option", { value: "" }, "换一个号码…");
    const select = el("select", { "aria-label": this.label, onchange: () => (select.value ? this.take(select.value) : this.type()) }, ...options, other);
    this.box.replaceChildren(select);
  }

  type() {
    this.typing = true;
    const done = () => {
      const text = input.value.trim();
      if (text && !this.pattern.test(text)) toast(this.hint);
      this.take(text && this.pattern.test(text) ? text : this.value);
    };
    const keys = (event) => { if (event.key === "Enter") input.blur(); };
    const input = el("input", { "aria-label": this.label, placeholder: this.hint, onblur: done, onkeydown: keys });
    this.box.replaceChildren(input);
    input.focus();
  }

  take(value) {
    this.value = value;
    localStorage.setItem(this.key, value);
    this.list();
    this.changed();
  }
}
