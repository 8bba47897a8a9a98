/** The desk by keyboard alone, against the stand-in: `npm run walk`. Every step is checked; the first that fails ends the walk. */
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { findings, launch, page, signIn } from "./browser.mjs";
import { start } from "./mock.mjs";

const mock = await start();
const browser = await launch();
mkdirSync(".look", { recursive: true });

const press = async (tab, ...keys) => { for (const key of keys) await tab.keyboard.press(key); };
/** Wait until the focus is there: it moves once things are drawn. */
const focus = (tab, wanted) => tab.waitForFunction((name) => [document.activeElement?.id, document.activeElement?.getAttribute("data-task")].includes(name), wanted);
const toast = (tab, text) => tab.locator(".toast", { hasText: text }).waitFor();
const dialog = (tab) => tab.locator(".ant-modal");

const STEPS = {
  "decide one after another": async (tab) => {
    const [first, second, third] = mock.tasks.map((each) => each.task_id);
    await tab.locator(".task-row").first().waitFor();
    await press(tab, "j", "j", "k");
    await focus(tab, first);
    await press(tab, "Enter");
    await tab.locator(".case-body").waitFor();
    await focus(tab, "case-title");
    await press(tab, "a");
    await dialog(tab).waitFor();
    await focus(tab, "opinion");
    await press(tab, "Alt+2", "Control+Enter");
    await toast(tab, "已办理：受理");
    assert.deepEqual(mock.decisions.at(-1), { task_id: first, outcome: "approve", opinion: "主要材料齐全，容缺受理，其余材料在作出决定前补齐。" });
    await tab.waitForURL(`**/#/tasks/${second}`);
    await tab.locator(".case-body").waitFor();
    await press(tab, "r");
    await focus(tab, "opinion");
    await press(tab, "Control+Enter");
    await tab.getByText("请写明理由").waitFor();
    await tab.keyboard.type("不符合条件a r c");
    await press(tab, "Control+Enter");
    await tab.getByText("请勾选不符合哪些条件").waitFor();
    await tab.locator(".decision-unmet input").first().focus();
    await press(tab, "Space", "Control+Enter");
    await tab.waitForURL(`**/#/tasks/${third}`);
    assert.equal(mock.decisions.at(-1).opinion, "不符合条件a r c");
  },
  "ask for what is missing": async (tab) => {
    await tab.goto(`${mock.base}/console/#/tasks/${mock.tasks.find((each) => each.service === "residence-permit").task_id}`);
    await tab.locator(".case-body").waitFor();
    await press(tab, "c");
    await dialog(tab).waitFor();
    await tab.waitForFunction(() => document.activeElement?.matches("input[type=checkbox]"));
    await tab.screenshot({ path: ".look/walk-correct.png" });
    assert.deepEqual(await findings(tab), []);
    await press(tab, "Control+Enter");
    await toast(tab, "已告知补正");
    assert.equal(mock.decisions.at(-1).outcome, "correct");
    assert.ok(mock.decisions.at(-1).missing.length >= 1);
  },
  "hand in for who comes to the window": async (tab) => {
    const { case_no, missing } = { ...mock.done.at(-1), ...mock.decisions.at(-1) };
    await tab.goto(`${mock.base}/console/#/cases/${case_no}`);
    await focus(tab, "case-title");
    await tab.getByText("补正后重新计算办结日期").waitFor();
    await press(tab, "b");
    await dialog(tab).waitFor();
    await tab.waitForFunction(() => document.activeElement?.matches(".hand-in-row button"));
    await tab.screenshot({ path: ".look/walk-supplement.png" });
    assert.deepEqual(await findings(tab), []);
    await press(tab, "Escape");
    await dialog(tab).waitFor({ state: "detached" });
    await focus(tab, "case-title");
    const chooser = tab.waitForEvent("filechooser");
    await press(tab, "b");
    await tab.waitForFunction(() => document.activeElement?.matches(".hand-in-row button"));
    await press(tab, "Enter");
    await (await chooser).setFiles({ name: "扫描.png", mimeType: "image/png", buffer: Buffer.from("x") });
    await tab.getByText("已收：扫描.png").waitFor();
    await press(tab, "Control+Enter");
    await toast(tab, missing.length > 1 ? "还需补正" : "已补正材料，继续办理");
    await dialog(tab).waitFor({ state: "detached" });
    assert.equal(mock.supplements.at(-1).body.materials[0].code, missing[0].code);
    assert.ok(mock.supplements.at(-1).key);
    await tab.goto(`${mock.base}/console/#/tasks/${mock.tasks[0].task_id}`);
  },
  "a colleague was faster": async (tab) => {
    const current = tab.url();
    mock.faster = true;
    await tab.locator(".case-body").waitFor();
    await press(tab, "r");
    await focus(tab, "opinion");
    await tab.keyboard.type("写了很久的理由");
    await tab.getByLabel("其他（写在理由里）").check();
    await press(tab, "Control+Enter");
    await tab.getByText("罗成已在14:05办理：受理").waitFor();
    assert.equal(await tab.locator("#opinion").inputValue(), "写了很久的理由");
    await tab.screenshot({ path: ".look/walk-faster.png" });
    mock.faster = false;
    await press(tab, "Escape");
    assert.equal(tab.url(), current);
    await press(tab, "r");
    assert.equal(await tab.locator("#opinion").inputValue(), "写了很久的理由");
    await press(tab, "Escape");
  },
  "the API goes and comes back": async (tab) => {
    await press(tab, "r");
    await focus(tab, "opinion");
    await tab.getByLabel("其他（写在理由里）").check();
    mock.down = true;
    await press(tab, "Control+Enter");
    await tab.locator(".down-banner").waitFor();
    await tab.getByText("填写的内容都还在").first().waitFor();
    await tab.screenshot({ path: ".look/walk-down.png" });
    assert.deepEqual(await findings(tab), []);
    mock.down = false;
    await tab.locator(".down-banner").waitFor({ state: "detached", timeout: 9000 });
    await press(tab, "Control+Enter");
    await toast(tab, "已办理");
    assert.equal(mock.decisions.at(-1).opinion, "写了很久的理由");
  },
  "read in clear, for a purpose": async (tab) => {
    await tab.locator(".case-body").waitFor();
    await press(tab, "v");
    await dialog(tab).waitFor();
    await press(tab, "Control+Enter");
    await tab.getByText("正在显示完整个人信息").waitFor();
    assert.deepEqual(mock.reveals, ["核对申请人身份"]);
    await tab.screenshot({ path: ".look/walk-clear.png" });
    await press(tab, "v");
    await tab.getByText("正在显示完整个人信息").waitFor({ state: "detached" });
  },
  "new work appears": async (tab) => {
    await press(tab, "Escape");
    mock.arrive();
    await tab.getByText("有新任务 1 件").waitFor({ timeout: 9000 });
  },
  "hand over at pick-up": async (tab) => {
    const pickup = mock.tasks.find((each) => each.kind === "pickup").task_id;
    await tab.goto(`${mock.base}/console/#/tasks/${pickup}`);
    await tab.locator(".case-body").waitFor();
    await press(tab, "r", "c");
    assert.equal(await dialog(tab).count(), 0);
    await press(tab, "a");
    await dialog(tab).waitFor();
    await tab.waitForFunction(() => document.activeElement?.matches("input[type=radio]"));
    await press(tab, "Space", "Alt+p");
    await tab.getByText("签收人（签名）").waitFor();
    await tab.screenshot({ path: ".look/walk-preview.png" });
    assert.deepEqual(await findings(tab), []);
    const printed = await tab.pdf({ preferCSSPageSize: true });
    assert.equal(printed.toString("latin1").match(/\/Type \/Page\b/g).length, 1); // the paper, and nothing of the desk
    await press(tab, "Alt+p");
    await tab.getByText("签收人（签名）").waitFor({ state: "detached" });
    await press(tab, "Control+Enter");
    await toast(tab, "已交付");
    assert.equal(mock.decisions.at(-1).taker, "self");
  },
  "take, give back, give to a colleague": async (tab) => {
    const task = mock.tasks.find((each) => !each.claimed_by && each.kind === "acceptance");
    await tab.goto(`${mock.base}/console/#/tasks/${task.task_id}`);
    await tab.locator(".case-body").waitFor();
    await press(tab, "t", "l");
    await toast(tab, "已认领");
    await press(tab, "t");
    await toast(tab, "已退回");
    assert.equal(task.status, "open");
    await press(tab, "l");
    await tab.locator(".case-actions", { hasText: "您在办" }).waitFor();
    await press(tab, "z");
    await dialog(tab).waitFor();
    await focus(tab, "hand-over-to");
    await press(tab, "Control+Enter");
    await tab.getByText("请填写同事的用户名").waitFor();
    await tab.keyboard.type("nobody");
    await press(tab, "Control+Enter");
    await tab.getByText("只能转交给本部门同一岗位的同事").waitFor();
    await tab.getByLabel("同事的用户名").fill("luocheng");
    await press(tab, "Control+Enter");
    await toast(tab, "已转交给罗成");
    await tab.locator(".case-actions", { hasText: "罗成在办" }).waitFor();
    await press(tab, "a");
    assert.equal(await dialog(tab).count(), 0);
  },
  "pay money back": async (tab) => {
    const refund = mock.tasks.find((each) => each.kind === "refund" && !each.claimed_by).task_id;
    await tab.goto(`${mock.base}/console/#/tasks/${refund}`);
    await tab.locator(".task-brief", { hasText: "20元" }).waitFor();
    await focus(tab, "case-title");
    await press(tab, "a");
    await dialog(tab).waitFor();
    await press(tab, "Control+Enter");
    await tab.getByText("请写明退款单号").waitFor();
    await tab.locator("#opinion").focus();
    await tab.keyboard.type("50000000382019052709732678859");
    await press(tab, "Control+Enter");
    await toast(tab, "已退款");
    assert.equal(mock.decisions.at(-1).opinion, "50000000382019052709732678859");
  },
  "take in at the window": async (tab) => {
    await tab.goto(`${mock.base}/console/#/tasks`);
    await tab.locator(".task-row").first().waitFor();
    await press(tab, "2");
    await tab.locator(".pick").first().waitFor();
    await tab.keyboard.type("居住证申领");
    await press(tab, "Enter");
    await tab.locator(".intake-fields").first().waitFor();
    await tab.keyboard.type("王小明");
    await press(tab, "Tab");
    await tab.keyboard.type("51010719850615002x");
    await press(tab, "Tab", "ArrowRight", "Tab");
    await tab.keyboard.type("成都市锦江区东大街1号2单元301");
    await press(tab, "Tab");
    await tab.keyboard.type("20260301");
    await press(tab, "Tab", "Tab");
    await tab.keyboard.type("13800001234");
    await tab.locator("input[type=file]").first().setInputFiles({ name: "照片.png", mimeType: "image/png", buffer: Buffer.from("png") });
    await tab.getByText("已收：照片.png").waitFor();
    await press(tab, "Control+Enter");
    await tab.getByText("处需要修改").waitFor();
    assert.equal(mock.applications.length, 0);
    await tab.reload();
    await tab.locator(".intake-fields").first().waitFor();
    await tab.getByLabel("窗口领取").check();
    await press(tab, "Control+Enter");
    await tab.locator(".receipt").waitFor();
    const { key, body } = mock.applications.at(-1);
    assert.match(key, /^[0-9a-f-]{36}$/);
    assert.deepEqual(body.form, { name: "王小明", id_number: "51010719850615002X", reason: body.form.reason, address: "成都市锦江区东大街1号2单元301", lives_since: "2026-03-01" });
    assert.ok(["work", "home", "study"].includes(body.form.reason));
    assert.deepEqual(body.materials, [{ code: "photo", material_id: "a".repeat(32) }]);
    assert.deepEqual(await findings(tab), []);
    await tab.screenshot({ path: ".look/walk-receipt.png" });
    await tab.emulateMedia({ media: "print" });
    assert.equal(await tab.locator(".rail").isVisible(), false);
    await tab.screenshot({ path: ".look/walk-receipt-print.png" });
    await tab.emulateMedia({ media: "screen" });
    await press(tab, "n");
    await tab.locator(".intake-fields").first().waitFor();
    assert.equal(await tab.getByLabel("联系电话").inputValue(), "");
  },
  "a locked desk keeps the work": async (tab) => {
    await tab.keyboard.type("陈");
    await tab.evaluate(() => { const later = Date.now() + 9 * 3_600_000; Date.now = () => later; });
    await tab.getByText("登录已到期").waitFor({ timeout: 9000 });
    assert.deepEqual(await findings(tab), []);
    await tab.screenshot({ path: ".look/walk-locked.png" });
  },
};

try {
  const tab = await page(browser, 1280, 800);
  tab.on("pageerror", (fault) => assert.fail(fault));
  await signIn(tab, mock.base);
  for (const [name, step] of Object.entries(STEPS)) {
    await step(tab);
    console.log(`✓ ${name}`);
  }
} finally {
  await browser.close();
  await mock.stop();
}
