/**
 * One case through the real system by its desk alone: `node tests/browser/real.mjs [.local/endpoints.json]` while it runs.
 * Window intake → acceptance → review and decision → pick-up → looked up again → on the board. Pictures in .look/real-*.png.
 */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { findings, launch, overflows, page } from "./browser.mjs";

const points = JSON.parse(readFileSync(process.argv[2] ?? "../../.local/endpoints.json", "utf8"));
const origin = new URL(points.api).origin;
const browser = await launch();
const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==", "base64");
mkdirSync(".look", { recursive: true });

async function enter(username) {
  const tab = await page(browser, 1280, 800);
  tab.on("pageerror", (fault) => assert.fail(fault));
  tab.on("response", (answer) => answer.status() >= 500 && console.log(`! ${answer.status()} ${answer.request().method()} ${answer.url()}`));
  await tab.goto(`${origin}/console/`);
  await tab.getByLabel("用户名").fill(username);
  await tab.getByLabel("密码").fill(points.staff.find((each) => each.username === username).password);
  await tab.keyboard.press("Enter");
  await tab.locator(".rail").waitFor();
  return tab;
}

async function shot(tab, name) {
  await tab.screenshot({ path: `.look/real-${name}.png` });
  assert.deepEqual([...(await findings(tab)), ...(await overflows(tab))], [], name);
}

async function decide(tab, caseNo, name) {
  const row = tab.locator(`[data-task^="${caseNo}"]`).first();
  await row.waitFor({ timeout: 30_000 });
  await row.focus();
  await tab.keyboard.press("Enter");
  await tab.locator(".case-body").waitFor();
  await shot(tab, name);
  await tab.keyboard.press("a");
  await tab.locator(".ant-modal").waitFor();
  await tab.keyboard.press("Control+Enter");
  await tab.locator(".toast", { hasText: "已办理" }).waitFor({ timeout: 20_000 });
}

try {
  const clerk = await enter("zwzx-clerk");
  await clerk.goto(`${origin}/console/#/intake/residence-permit`);
  await clerk.getByLabel("姓名").first().fill("王小明");
  await clerk.getByLabel("身份证号码").fill("51010719850615002X");
  await clerk.getByLabel("合法稳定住所").check();
  await clerk.getByLabel("在成都的住址").fill("成都市锦江区东大街1号2单元301");
  await clerk.getByLabel("开始居住日期").fill("20260301");
  await clerk.getByLabel("联系电话").fill("13800001234");
  await clerk.getByLabel("窗口领取").check();
  await clerk.locator("input[type=file]").first().setInputFiles({ name: "照片.png", mimeType: "image/png", buffer: PNG });
  await clerk.getByText("已收：照片.png").waitFor();
  await shot(clerk, "intake");
  await clerk.keyboard.press("Control+Enter");
  await clerk.locator(".receipt").waitFor();
  await shot(clerk, "receipt");
  const caseNo = (await clerk.locator(".receipt-no b").innerText()).replace(/\D/g, "");
  console.log(`✓ filed ${caseNo}`);

  await clerk.keyboard.press("1");
  await decide(clerk, caseNo, "acceptance");
  console.log("✓ accepted");
  const officer = await enter("gaj-approver");
  await decide(officer, caseNo, "review");
  await officer.locator(".toast").waitFor({ state: "detached" });
  await decide(officer, caseNo, "decision");
  console.log("✓ reviewed and granted");

  const officers = await enter("gaj-clerk");
  const counter = await Promise.any([clerk, officers].map((tab) => tab.locator(`[data-task^="${caseNo}"]`).waitFor({ timeout: 40_000 }).then(() => tab)));
  await decide(counter, caseNo, "pickup");
  console.log("✓ handed over");

  await clerk.keyboard.press("Escape");
  await clerk.goto(`${origin}/console/#/cases`);
  await clerk.getByRole("search").getByRole("textbox").fill("13800001234");
  await clerk.keyboard.press("Enter");
  await clerk.locator(".table").waitFor();
  await shot(clerk, "search");
  await clerk.goto(`${origin}/console/#/cases/${caseNo}`);
  await clerk.locator(".case-body").waitFor();
  await clerk.keyboard.press("m");
  await clerk.locator(".preview img").waitFor();
  assert.ok(await clerk.locator(".preview img").evaluate((image) => image.decode().then(() => image.naturalWidth > 0)), "the material is shown");
  await clerk.keyboard.press("v");
  await clerk.locator(".ant-modal").waitFor();
  await clerk.keyboard.press("Control+Enter");
  await clerk.getByText("51010719850615002X").waitFor();
  await shot(clerk, "case");
  const chief = await enter("gaj-supervisor");
  await chief.goto(`${origin}/console/#/board`);
  await chief.locator(".ring").first().waitFor();
  await shot(chief, "board");
  console.log("✓ found, opened, read in clear, counted");
} finally {
  await browser.close();
}
