// The page: look at the sandbox every two seconds while somebody is looking at the page.
import { at, clock, get } from "./api.js";
import * as panel from "./panel.js";
import * as sms from "./sms.js";
import * as wechat from "./wechat.js";
import "./keypad.js";

const EVERY = 2000;
let looking = false;

async function look() {
  if (looking || document.hidden) return;
  looking = true;
  try {
    const state = await get("state");
    panel.refresh(state);
    await Promise.all([sms.refresh(state), wechat.refresh(state)]);
    at("link").className = "link on";
    at("link").textContent = "已连接";
  } catch {
    at("link").className = "link off";
    at("link").textContent = "连不上系统，正在重试";
  } finally {
    looking = false;
  }
  for (const box of document.querySelectorAll(".clock")) box.textContent = clock(new Date());
}

const views = document.querySelectorAll(".views button");
function view(name) {
  document.body.dataset.view = name;
  for (const button of views) button.setAttribute("aria-current", String(button.dataset.to === name));
  for (const thread of document.querySelectorAll(".thread")) thread.scrollTop = thread.scrollHeight;
}
for (const button of views) {
  button.addEventListener("click", () => { location.hash = button.dataset.to; });
}
const named = () => [...views].map((button) => button.dataset.to).find((name) => location.hash === `#${name}`) || "sms";
window.addEventListener("hashchange", () => view(named()));
view(named());

panel.onChange(look);
document.addEventListener("visibilitychange", look);
setInterval(look, EVERY);
look();
