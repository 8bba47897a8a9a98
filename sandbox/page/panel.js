// Parcels, and faults on demand.
import { at, attempt, clock, draw, el, get, none, post } from "./api.js";

const KINDS = { 妥投: "good", 未妥投: "bad" };
const MODES = { down: "断线（没有应答）", slow: "缓慢（10 秒后才应答）", error: "报错（系统繁忙）", duplicate: "重复（回调发三遍、乱序）" };
let parties = [];

function parcel(row) {
  const last = row.tracks.at(-1);
  const move = (action) => () => attempt(async () => { await post(`${row.courier}/${row.number}`, { action }); await changed(); });
  const buttons = row.buttons.map((action) => el("button", { type: "button", class: KINDS[action], onclick: move(action) }, action));
  return el("article", { class: "parcel" },
    el("strong", {}, `${row.carrier} ${row.number}`),
    el("p", {}, `寄给 ${row.receiver.name}，${row.receiver.address}`),
    el("p", { class: "last" }, last ? `${clock(new Date(last.at))} ${last.text}` : "已下单，等待揽收"),
    el("div", { class: "moves" }, ...buttons));
}

let changed = async () => {};
export function onChange(work) { changed = work; }

export function refresh(state) {
  draw(at("parcels-list"), state.waybills.slice(0, 8), (rows) => (rows.length ? rows.map(parcel) : [none("还没有运单")]));
  ends.clear();
  for (const row of state.faults) ends.set(row.party, Date.now() + row.seconds_left * 1000);
  draw(at("faults-list"), state.faults.map(({ party, name, mode }) => ({ party, name, mode })), (rows) => rows.map(fault));
  tick();
}

const ends = new Map();
function fault({ party, name, mode }) {
  const stop = () => attempt(async () => { await post("faults", { party, mode, seconds: 0 }); await changed(); });
  return el("li", {}, el("span", {}, `${name}：${MODES[mode].split("（")[0]} `, el("b", { "data-ends": party, "aria-hidden": "true" })),
    el("button", { type: "button", onclick: stop, "aria-label": `${name}恢复正常` }, "恢复"));
}

function tick() {
  for (const box of document.querySelectorAll("[data-ends]")) {
    const left = Math.max(0, Math.ceil((ends.get(box.dataset.ends) - Date.now()) / 1000));
    box.textContent = left >= 60 ? `${Math.floor(left / 60)} 分 ${left % 60} 秒` : `${left} 秒`;
  }
}
setInterval(tick, 1000);

function modes() {
  const party = parties.find((row) => row.party === at("fault-party").value);
  at("fault-mode").replaceChildren(...(party ? party.modes : []).map((mode) => el("option", { value: mode }, MODES[mode])));
}

attempt(async () => {
  parties = (await get("faults")).parties;
  at("fault-party").append(...parties.map((row) => el("option", { value: row.party }, row.name)));
  at("fault-party").addEventListener("change", modes);
  modes();
});

at("faults-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const body = { party: at("fault-party").value, mode: at("fault-mode").value, seconds: Number(at("fault-seconds").value) };
  attempt(async () => { await post("faults", body); await changed(); });
});
