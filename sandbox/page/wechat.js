// The WeChat telephone: chat, subscribe cards, orders to pay.
import { at, attempt, Choose, draw, el, get, none, post, times } from "./api.js";

const user = new Choose("wechat-choose", "哪个微信用户", "oCitizenWang0001", /^[0-9A-Za-z_-]{1,64}$/, "请输入 openid（字母、数字）", refresh);

const bubble = (row) => el("p", { class: row.from === user.value ? "bubble mine" : "bubble" }, row.text);

function card(row) {
  const rows = row.fields.flatMap((field) => [el("dt", {}, field.label), el("dd", {}, field.value)]);
  return el("article", { class: "card" },
    el("h3", {}, row.title, el("small", {}, "服务通知 · 蓉易办")), el("dl", {}, ...rows), el("footer", {}, "进入小程序查看 ›"));
}

function order(row) {
  const sum = `¥${(row.amount_fen / 100).toFixed(2)}`;
  const pay = () => attempt(async () => {
    button.disabled = true;
    await post(`pay/${encodeURIComponent(row.out_trade_no)}`, { openid: user.value }).finally(() => { button.disabled = false; });
    await refresh();
  });
  const button = el("button", { type: "button", onclick: pay, "aria-label": `去支付 ${row.description} ${sum}` }, "去支付");
  const last = { NOTPAY: button, SUCCESS: el("div", { class: "done" }, "✓ 已支付") }[row.trade_state] || el("div", { class: "done" }, "订单已关闭");
  return el("article", { class: "card pay" }, el("h3", {}, "微信支付"), el("p", { class: "sum" }, sum),
    el("p", {}, row.description), el("p", {}, `订单 ${row.out_trade_no}`), last);
}

function chat({ messages, cards, orders }) {
  if (!messages.length && !cards.length && !orders.length) return [none("还没有消息。试着说“查询”。")];
  const time = times();
  const rows = [
    ...messages.map((row) => [row.at, () => bubble(row)]),
    ...cards.map((row) => [row.at, () => card(row)]),
    ...orders.map((row) => [row.at, () => order(row)]),
  ];
  rows.sort((one, two) => Date.parse(one[0]) - Date.parse(two[0]));
  return rows.flatMap(([moment, make]) => [...time(moment), make()]);
}

export async function refresh(state) {
  if (state) user.offer([...state.wechat.map((row) => row.openid), ...state.orders.map((row) => row.openid).filter(Boolean)]);
  const data = await get(`wechat/${user.value}`);
  at("wechat-refuse").checked = data.refused.includes("*");
  draw(at("wechat-thread"), data, chat);
}

at("wechat-refuse").addEventListener("change", (event) =>
  attempt(() => post(`wechat/${user.value}/refuse`, { all: event.target.checked })));

at("wechat-write").addEventListener("submit", (event) => {
  event.preventDefault();
  const input = at("wechat-text");
  const text = input.value;
  if (!text.trim()) return;
  attempt(async () => {
    input.value = "";
    const asked = post(`wechat/${user.value}`, { text });
    await refresh();
    await asked;
    await refresh();
  });
});
