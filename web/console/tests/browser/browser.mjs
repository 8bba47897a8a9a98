/** One Chromium for the checks that look at pages; where it is, `sh tools/browser.sh` says. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const PLACES = [process.env.BROWSER_PATH, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

export function launch() {
  const executablePath = PLACES.find((place) => place && existsSync(place));
  if (!executablePath) throw new Error("没有找到浏览器 (no Chromium or Chrome found; set BROWSER_PATH)");
  return chromium.launch({ executablePath, args: FLAGS });
}

export async function page(browser, width, height = Math.round(width * 0.5625)) {
  const context = await browser.newContext({ viewport: { width, height }, locale: "zh-CN", timezoneId: "Asia/Shanghai", reducedMotion: "reduce" });
  return context.newPage();
}

export async function signIn(tab, base, username = "chief", password = "正确的密码") {
  await tab.goto(`${base}/console/`);
  await tab.getByLabel("用户名").fill(username);
  await tab.getByLabel("密码").fill(password);
  await tab.keyboard.press("Enter");
  await tab.locator(".rail").waitFor();
}

/** Findings of axe-core that hinder people: serious and critical. */
export async function findings(tab) {
  await tab.addScriptTag({ path: AXE });
  const { violations } = await tab.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations.filter((each) => ["serious", "critical"].includes(each.impact)).map((each) => `${each.id}: ${each.nodes.slice(0, 3).map((node) => `${node.target.join(" ")} — ${node.any[0]?.message ?? node.failureSummary}`).join(" | ")}`);
}

/** Elements that stick out of the window or whose text is cut off without an ellipsis. */
export function overflows(tab) {
  return tab.evaluate(() => {
    const wide = document.documentElement.scrollWidth - window.innerWidth;
    const cut = [...document.querySelectorAll("button, h1, h2, h3, .tag, dd, th, label")].filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0 && getComputedStyle(each).overflow === "hidden" && getComputedStyle(each).textOverflow !== "ellipsis" && !each.classList.contains("out-of-sight"));
    const out = [...document.querySelectorAll("button, input, .tag, .card")].filter((each) => {
      const around = each.closest("[role=dialog], section:not(.card), main");
      return around && around !== each && each.getBoundingClientRect().right > around.getBoundingClientRect().right + 1 && each.getClientRects().length > 0;
    });
    const broken = [...document.querySelectorAll(".case-title h1")].filter((each) => window.innerWidth > 760 && each.getClientRects().length && each.offsetHeight > 1.5 * parseFloat(getComputedStyle(each).lineHeight));
    return [...broken.map((each) => `title broken: ${each.textContent}`), ...out.map((each) => `sticks out: ${each.textContent.slice(0, 30)}`), ...(wide > 0 ? [`page is ${wide}px too wide`] : []), ...cut.map((each) => `cut off: ${each.textContent.slice(0, 30)}`)];
  });
}
