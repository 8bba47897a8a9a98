// The SMS telephone.
import { at, attempt, Choose, draw, el, get, none, post, times } from "./api.js";

const phone = new Choose("sms-choose", "哪个手机号", "13800138000", /^1[3-9]\d{9}$/, "请输入 11 位手机号", refresh);

function bubbles({ messages }) {
  if (!messages.length) return [none("还没有短信。试着发一条“帮助”。")];
  const time = times();
  return messages.flatMap((message) => [
    ...time(message.at),
    el("p", { class: message.from === phone.value ? "bubble mine" : "bubble" }, message.text),
  ]);
}

export async function refresh(state) {
  if (state) phone.offer(state.phones.map((row) => row.phone));
  draw(at("sms-thread"), await get(`sms/${phone.value}`), bubbles);
}

at("sms-write").addEventListener("submit", (event) => {
  event.preventDefault();
  const input = at("sms-text");
  if (!input.value.trim()) return;
  attempt(async () => {
    await post(`sms/${phone.value}`, { text: input.value });
    input.value = "";
    await refresh();
  });
});
