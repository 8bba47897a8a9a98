/** Take a picture of every page at 390, 1280 and 1920 (of a decision between them too), and let axe-core look at each: `npm run look`, pictures in .look/. */
import { mkdirSync } from "node:fs";
import { findings, launch, overflows, page, signIn } from "./browser.mjs";
import { start } from "./mock.mjs";

const FOLDER = ".look";
const only = process.argv[2];
mkdirSync(FOLDER, { recursive: true });
const mock = await start();
const browser = await launch();
let bad = 0;

async function shot(tab, width, name) {
  const wrong = [...(await findings(tab)), ...(await overflows(tab))];
  bad += wrong.length;
  for (const each of wrong) console.log(`✗ ${name} ${width}: ${each}`);
  await tab.screenshot({ path: `${FOLDER}/${name}-${width}.png` });
}

const SHOTS = {
  "sign-in": async (tab) => { await tab.evaluate(() => sessionStorage.clear()); await tab.reload(); await tab.getByLabel("用户名").waitFor(); },
  "locked-out": async (tab) => {
    await tab.evaluate(() => sessionStorage.clear()); await tab.reload();
    mock.wrong = 4;
    await tab.getByLabel("用户名").fill("chief"); await tab.getByLabel("密码").fill("x"); await tab.keyboard.press("Enter");
    await tab.getByRole("alert").filter({ hasText: "暂时不能登录" }).waitFor();
    mock.wrong = 0;
  },
  desk: async (tab) => { await tab.goto(`${mock.base}/console/#/tasks`); await tab.locator(".task-row").first().waitFor(); },
  case: async (tab) => { await tab.goto(`${mock.base}/console/#/tasks/${mock.tasks[1].task_id}`); await tab.locator(".case-body").waitFor(); await tab.keyboard.press("m"); await tab.locator(".preview img").waitFor(); },
  approve: async (tab) => { await SHOTS.case(tab); await tab.keyboard.press("a"); await tab.getByRole("dialog").waitFor(); },
  correct: async (tab) => { await SHOTS.case(tab); await tab.keyboard.press("c"); await tab.getByRole("dialog").waitFor(); await tab.keyboard.press("Tab"); },
  ...Object.fromEntries(["pickup", "refund", "handover", "rectification", "countersign"].flatMap((kind) => {
    const open = async (tab) => { await tab.goto(`${mock.base}/console/#/tasks/${mock.tasks.find((each) => each.kind === kind).task_id}`); await tab.locator(".task-brief").waitFor(); };
    return [[kind, open], [`${kind}-done`, async (tab) => { await open(tab); await tab.keyboard.press("a"); await tab.getByRole("dialog").waitFor(); }]];
  })),
  decision: async (tab) => { await tab.goto(`${mock.base}/console/#/tasks/${mock.tasks.find((each) => each.kind === "decision").task_id}`); await tab.locator(".case-body").waitFor(); },
  "decision-claimed": async (tab) => { await SHOTS.decision(tab); await tab.keyboard.press("l"); await tab.getByRole("button", { name: "退回 T" }).waitFor(); },
  preview: async (tab) => { await SHOTS.approve(tab); await tab.keyboard.press("Alt+p"); await tab.locator(".sheet").waitFor(); },
  "to-sign": async (tab) => { await SHOTS["pickup-done"](tab); await tab.getByText("其他受托人签收").click(); await tab.getByLabel("领取人姓名").fill("李小四"); await tab.keyboard.press("Alt+p"); await tab.locator(".sheet").waitFor(); },
  "hand-over": async (tab) => { await SHOTS.case(tab); await tab.keyboard.press("z"); await tab.getByRole("dialog").waitFor(); await tab.getByLabel("同事的用户名").fill("nobody"); await tab.keyboard.press("Enter"); await tab.locator(".dialog-fault").waitFor(); },
  held: async (tab) => { await tab.goto(`${mock.base}/console/#/tasks/${mock.tasks.find((each) => each.claimed_by).task_id}`); await tab.locator(".case-body").waitFor(); },
  supervisor: async (tab) => { await tab.evaluate(() => sessionStorage.clear()); await tab.reload(); await signIn(tab, mock.base, "supervisor"); await tab.locator(".task-row").nth(1).waitFor(); await tab.locator(".task-row").nth(1).click(); await tab.locator(".case-body").waitFor(); },
  "too-many": async (tab) => { mock.more = true; await tab.reload(); await SHOTS.desk(tab); mock.more = false; },
  reveal: async (tab) => { await SHOTS.case(tab); await tab.keyboard.press("v"); await tab.getByRole("dialog").waitFor(); },
  keys: async (tab) => { await SHOTS.case(tab); await tab.keyboard.press("?"); await tab.getByRole("dialog").waitFor(); },
  fresh: async (tab) => { await SHOTS.desk(tab); mock.arrive(); await tab.locator(".desk-fresh").waitFor({ timeout: 9000 }); mock.tasks.shift(); },
  intake: async (tab) => { await tab.goto(`${mock.base}/console/#/intake`); await tab.locator(".pick").first().waitFor(); },
  "intake-form": async (tab) => { await tab.goto(`${mock.base}/console/#/intake/residence-permit`); await tab.locator(".intake-fields").first().waitFor(); },
  "intake-faults": async (tab) => { await SHOTS["intake-form"](tab); await tab.keyboard.press("Control+Enter"); await tab.locator(".field-fault").first().waitFor(); },
  search: async (tab) => { await tab.goto(`${mock.base}/console/#/cases`); await tab.getByRole("search").getByRole("textbox").fill("13800001234"); await tab.keyboard.press("Enter"); await tab.locator(".table").waitFor(); },
  services: async (tab) => { await tab.goto(`${mock.base}/console/#/services/restaurant-opening`); await tab.locator(".services-head").waitFor(); },
  board: async (tab) => { await tab.goto(`${mock.base}/console/#/board`); await tab.locator(".ring").first().waitFor(); },
};

const DESK = new Set(["sign-in", "desk", "case", "approve", "correct", "pickup", "refund", "refund-done", "handover", "rectification", "rectification-done", "countersign", "countersign-done", "hand-over", "held", "supervisor", "too-many"]); // what is read on a telephone too
const BETWEEN = new Set([1366, 1440]); // where most buttons are the title keeps its line

try {
  for (const width of [390, 1280, 1366, 1440, 1920])
    for (const [name, take] of Object.entries(SHOTS)) {
      if ((only && only !== name) || (width === 390 && !DESK.has(name)) || (BETWEEN.has(width) && !name.startsWith("decision"))) continue;
      const tab = await page(browser, width, width === 1920 ? 1080 : 800);
      await signIn(tab, mock.base);
      await take(tab);
      await shot(tab, width, name);
      await tab.context().close();
    }
} finally {
  await browser.close();
  await mock.stop();
}
console.log(bad ? `${bad} findings` : "no findings");
process.exitCode = bad ? 1 : 0;
