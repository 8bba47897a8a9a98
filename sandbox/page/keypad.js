// The telephone with keys: each press is kept for a moment and then sent together, as a line does with tones.
import { at, attempt, call as request, Choose, draw, el, none, post } from "./api.js";

const PAUSE = 2000;
const caller = new Choose("call-choose", "主叫号码", "13800138000", /^\d{3,15}$/, "请输入主叫号码", () => {});
const phone = document.querySelector(".phone.call");
const voice = window.speechSynthesis;
let current = null;
let lines = [];
let keyed = "";
let timer;
let began;

function show() {
  draw(at("call-lines"), lines, (rows) => rows.length
    ? rows.map((row) => el("p", { class: row.mine ? "bubble mine" : "bubble" }, row.text))
    : [none("拨打 12345，听语音提示按键办事。按键后停两秒送出，按 # 立刻送出。")]);
  at("call-keyed").textContent = keyed;
  phone.classList.toggle("talking", Boolean(current));
  for (const button of document.querySelectorAll("#call-keypad button, #call-quiet, #call-hang")) button.disabled = !current;
  at("call-dial").disabled = Boolean(current);
}

function state(text) {
  at("call-state").textContent = text;
}

function hear(answer) {
  if (answer.says) lines = [...lines, { text: answer.says }];
  if (answer.ended) {
    if (answer.transferred) lines = [...lines, { text: `（已转接 ${answer.transferred.replace(/^tel:/, "")}）` }];
    current = null;
    keyed = "";
    clearTimeout(timer);
    state(answer.transferred ? "已转人工" : "通话结束");
  }
  show();
  if (voice) {
    voice.cancel();
    if (at("call-speak").checked && answer.says) {
      const saying = new SpeechSynthesisUtterance(answer.says);
      saying.lang = "zh-CN";
      voice.speak(saying);
    }
  }
}

function press(key) {
  if (!current) return;
  if (voice) voice.cancel();
  keyed += key;
  show();
  clearTimeout(timer);
  if (key === "#") send();
  else timer = setTimeout(send, PAUSE);
}

function send() {
  if (!current) return;
  clearTimeout(timer);
  const keys = keyed;
  const where = current;
  keyed = "";
  lines = [...lines, { mine: true, text: keys || "（没有按键）" }];
  show();
  attempt(async () => hear(await post(`calls/${where}`, { keys })));
}

for (const key of "123456789*0#") {
  const names = { "*": "星号键", "#": "井号键" };
  at("call-keypad").append(el("button", { type: "button", disabled: true, "aria-label": names[key] || key, onclick: () => press(key) }, key));
}
at("call-dial").addEventListener("click", () => attempt(async () => {
  lines = [];
  keyed = "";
  at("call-dial").disabled = true;
  state("正在接通…");
  try {
    const answer = await post("calls", { caller: caller.value });
    current = answer.call_id;
    began = Date.now();
    hear(answer);
  } catch (error) {
    state("没有接通");
    show();
    throw error;
  }
}));
at("call-quiet").addEventListener("click", () => { keyed = ""; send(); });
at("call-hang").addEventListener("click", () => attempt(async () => hear(await request("DELETE", `calls/${current}`))));
phone.addEventListener("keydown", (event) => {
  if (!(event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) && /^[0-9*#]$/.test(event.key)) press(event.key);
});
setInterval(() => {
  if (!current) return;
  const seconds = Math.floor((Date.now() - began) / 1000);
  state(`通话中 ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
}, 1000);
show();
