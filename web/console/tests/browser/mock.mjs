/**
 * A small stand-in for the API, for looking at the pages: it answers as docs/api says, from memory, and can be told to
 * misbehave (`mock.down`, `mock.faster`). It is no substitute for the journeys, which run on the real system.
 */
import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { service, services } from "./catalogue.mjs";
import { constant } from "../../../shared/constants.mjs";
import { countedOf } from "../../../shared/fees.mjs";
import { DECISION, OTHERS, choicesOf } from "./kinds.mjs";

const DIST = join(fileURLToPath(import.meta.url), "../../../dist");
const MIME = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const DAY = 86_400_000;
const date = (days) => new Date(Date.now() + 8 * 3_600_000 + days * DAY).toISOString().slice(0, 10);
const at = (hours) => new Date(Date.now() - hours * 3_600_000).toISOString();
const NAMES = ["王*明", "李*", "张*华", "刘*芳", "陈*", "杨*军", "赵*娜", "黄*", "周*杰", "吴*", "成都****有限公司"];
const PAGE = 30;
const STATUS_NAMES = constant("STATUS_NAMES");
/** Kinds of tasks about a parcel, and where it is. */
const PARCEL = new Map(Object.entries({ handover: "ordered", returned: "returned", tracing: "moving" }));
const COLLEAGUES = { luocheng: "罗成" };

function task(number) {
  const picked = services[number % services.length];
  const other = number % 7 === 5 ? OTHERS[Math.floor(number / 7) % OTHERS.length] : number === 6 ? DECISION : undefined;
  const kind = other?.kind ?? "acceptance";
  const stage = other ? { id: kind, name: other.name } : picked.stages[0];
  const due = Math.floor(number / 3) - 2;
  const case_no = String(660092712000 + number * 37);
  return {
    task_id: `${case_no}.${stage.id}.zwzx.1`,
    case_no,
    service: picked.code,
    service_name: picked.name,
    stage: stage.id,
    stage_name: stage.name,
    department: "zwzx",
    due: date(due),
    days: 5,
    provisional: false,
    status: number % 9 === 4 ? "claimed" : "open",
    ...(number % 9 === 4 ? { claimed_by: "罗成", mine: false } : {}),
    applicant: NAMES[number % NAMES.length],
    lamp: due < 0 ? "overdue" : due <= 1 ? "near" : "normal",
    kind,
    ...other?.more,
    choices: choicesOf(kind),
    opened_at: at(number === 40 ? 0 : 30),
  };
}

function example(schema) {
  const value = schema.examples?.[0];
  if (schema.format === "id-number") return "510104********0019";
  if (schema.format === "mobile") return "138****1234";
  return schema["x-personal"] === "name" ? `${String(value)[0]}**` : value;
}

const clockOf = (of, accepted, paused_since = null) => ({ days: of.promised_days, accepted, provisional: false, statutory_by: null, paused_since, taken: [] });

/** What a decision asked for, as a case shows it. */
const missingOf = (of, asked) =>
  (asked ?? []).map(({ code, text }, number) => ({
    code: code ?? `words-${number + 1}`,
    text,
    group: !code ? "words" : of.materials.some((each) => each.code === code) ? "material" : "field",
    department: "zwzx",
    department_name: "成都市政务服务中心",
    due: date(15),
    provisional: false,
  }));

function whole(mock, case_no) {
  const known = mock.tasks.find((each) => each.case_no === case_no) ?? mock.done.find((each) => each.case_no === case_no) ?? task(1);
  const of = service(known.service);
  const own = of.materials.filter((each) => each.source === "self");
  const decided = mock.done.find((each) => each.case_no === case_no);
  const { kind } = known;
  const missing = missingOf(of, decided?.asked);
  const status = missing.length ? "correction" : ([DECISION, ...OTHERS].find((each) => each.kind === kind)?.status ?? "submitted");
  return {
    case_no,
    status,
    status_name: STATUS_NAMES[status],
    service: of.code,
    service_name: of.name,
    version: "v000001",
    received_at: at(52),
    promised_by: known.due,
    clock: clockOf(of, status !== "submitted" && !missing.length, missing.length ? date(0) : null),
    channel: "miniprogram",
    applicant: known.applicant,
    official_no: kind === "pickup" ? "510100-0701-20261120-000123" : null,
    form: Object.fromEntries(Object.entries(of.form.properties).map(([name, schema]) => [name, example(schema)])),
    contact: { name: known.applicant, phone: "138****1234" },
    delivery: PARCEL.has(kind) ? { method: "courier", name: known.applicant, phone: "138****1234", address: "成都市锦江区****" } : { method: of.delivery[0] },
    materials: own.slice(0, 2).map((each, index) => ({ code: each.code, name: each.name, material_id: `${index}`.repeat(32) })),
    missing_materials: own.slice(2, 3).map((each) => ({ code: each.code, name: each.name })),
    missing,
    can: missing.length ? ["supplement"] : [],
    acts: kind === "decision" ? DECISION.acts : [],
    clear: true,
    opinions: { "check.approve": ["经上门核实，申请人在申报地址居住半年以上，同意。"] },
    timeline: [
      { at: at(52), event: "submitted", text: `已收到您的“${of.name}”申请`, by: "申请人", notice: { channel: "wechat", status: "delivered" } },
      { at: at(51), event: "assigned", text: "已转成都市政务服务中心受理", by: "成都市政务服务中心", notice: { channel: "sms", status: "failed", reason: "手机关机" } },
      ...(decided ? [{ at: at(0), event: "accepted", text: "成都市政务服务中心已受理", by: "成都市政务服务中心", notice: { channel: "wechat", status: "queued" } }] : []),
    ],
    branches: of.stages.flatMap((stage, index) =>
      stage.departments.map((code) => ({
        task_id: `${case_no}.${stage.id}.${code}.1`,
        stage: stage.id,
        stage_name: stage.name,
        department: code,
        department_name: of.department_names[code] ?? code,
        status: index === 0 && decided ? "decided" : "open",
        due: date(index + 1),
        days: stage.limit_days,
        provisional: false,
        outcome: index === 0 && decided ? "approve" : null,
        opinion: index === 0 && decided ? "材料齐全，予以受理。" : null,
        decided_at: index === 0 && decided ? at(0) : null,
      })),
    ),
    payment: kind === "refund" ? { amount_fen: 2000, state: "paid", paid_at: at(30) } : kind === "cashier" ? { amount_fen: 2000, state: "unpaid", until: date(30), counter: of.fee?.counter } : null,
    fee: of.fee ? { ...countedOf(of.fee), decided: kind === "cashier" } : null,
    shipment: PARCEL.has(kind) ? { state: PARCEL.get(kind), carrier: "EMS", waybill: "1234567890123", tracks: [] } : null,
    certificate: kind === "rectification" ? { number: "1234567890123459", state: "valid", type: of.result.name, holder: known.applicant, issuer: "成都市政务服务中心", department: "zwzx", valid_from: date(-2), valid_to: date(1823), verify_url: "https://yb.example.gov.cn/verify?n=1234567890123459", renewal: null } : null,
    renewal: null,
    rating: kind === "rectification" ? { levels: [2], reasons: ["材料需多次提交"], written: true, again: [], counted: true, answer: null } : null,
    rectification:
      kind === "rectification"
        ? { state: "rectifying", state_name: "整改中", level: 2, named: true, cycle: 1, opened_on: date(-3), due: date(12), steps: [{ kind: "rating_contact", at: at(40), by: "王敏", department: "成都市政务服务中心", outcome: "approve", words: "已电话联系，评价人说材料交了三次。" }] }
        : null,
  };
}

const INDICATORS = [
  ["participation", "主动评价率", "有效评价÷可以评价的办件", 642, 1107],
  ["rectification", "差评按期整改率", "按期整改或者说明的差评÷有效差评", 11, 13],
].map(([code, name, formula, above, of]) => ({ code, name, formula, above, of, rate: above / of }));

const board = {
  from: date(-29),
  to: date(0),
  received: 1284,
  decided: 1107,
  on_time: 1089,
  overdue: 18,
  satisfaction: { rated: 642, satisfied: 629, rate: 0.9798, levels: { 5: 468, 4: 131, 3: 30, 2: 9, 1: 4 }, invalidated: 1 },
  indicators: INDICATORS,
  by_department: [{ department: "zwzx", name: "成都市政务服务中心综合窗口", indicators: INDICATORS }],
  by_channel: [["miniprogram", 566], ["web", 241], ["window", 203], ["kiosk", 88], ["wechat", 92], ["sms", 57], ["ivr", 37]].map(([channel, received]) => ({ channel, received })),
};

const ROLES = { clerk: ["clerk"], approver: ["approver"], chief: ["clerk", "approver", "supervisor"], supervisor: ["supervisor"] };
const problem = (status, code, detail, fields) => [status, { type: `about:blank`, title: detail, status, code, detail, ...(fields ? { fields } : {}) }];
const summary = ({ case_no, status, status_name, service: code, service_name, version, received_at, promised_by, clock, channel, applicant }) => ({ case_no, status, status_name, service: code, service_name, version, received_at, promised_by, clock, channel, applicant });

/** A supervisor sees his own kind, and what is overdue without its choices. */
function seen(mock, headers) {
  if (!headers.authorization.endsWith("t-supervisor")) return mock.tasks;
  const own = (each) => each.kind === "rectification";
  return mock.tasks.filter((each) => own(each) || each.lamp === "overdue").map((each) => (own(each) ? each : { ...each, choices: [] }));
}

const ROUTES = [
  ["GET", /^\/v1\/health$/, () => [200, { status: "ok" }]],
  ["POST", /^\/v1\/staff\/sessions$/, ({ mock, body }) => {
    if (body.password === "正确的密码") return [200, { token: `t-${body.username}`, expires_at: new Date(Date.now() + 8 * 3_600_000).toISOString(), kind: "staff", name: "王*", roles: ROLES[body.username] ?? ["clerk"], department: "zwzx", region: "510100" }];
    mock.wrong += 1;
    return mock.wrong >= 5 ? problem(429, "too_many", "密码连续输错，账号已锁定，请15分钟后再试") : problem(401, "unauthenticated", `用户名或密码不对，再错${5 - mock.wrong}次将锁定`);
  }],
  ["GET", /^\/v1\/tasks$/, ({ mock, query, headers }) => {
    const tasks = seen(mock, headers);
    const from = Number(query.get("next") ?? 0);
    const page = tasks.slice(from, from + PAGE);
    return [200, { tasks: page, ...(tasks.length > from + PAGE ? { next: String(from + PAGE) } : {}) }];
  }],
  ["POST", /^\/v1\/tasks\/([^/]+)\/claim$/, ({ mock, ids }) => {
    const found = mock.tasks.find((each) => each.task_id === ids[0]);
    if (!found || (found.claimed_by && found.claimed_by !== "王晓")) return problem(409, "claimed_by_other", "罗成正在办理这项任务");
    return [200, Object.assign(found, { status: "claimed", claimed_by: "王晓", mine: true })];
  }],
  ["GET", /^\/v1\/tasks\/counts$/, ({ mock, headers }) => {
    const tasks = seen(mock, headers);
    const count = (name) => tasks.reduce((found, each) => ({ ...found, [each[name]]: (found[each[name]] ?? 0) + 1 }), {});
    return [200, { total: tasks.length, claimed: tasks.filter((each) => each.claimed_by).length, kinds: count("kind"), lamps: count("lamp"), more: mock.more }];
  }],
  ["POST", /^\/v1\/tasks\/([^/]+)\/release$/, ({ mock, ids }) => {
    const found = mock.tasks.find((each) => each.task_id === ids[0]);
    delete found.claimed_by;
    delete found.mine;
    return [200, Object.assign(found, { status: "open" })];
  }],
  ["POST", /^\/v1\/tasks\/([^/]+)\/handover$/, ({ mock, ids, body }) => {
    const found = mock.tasks.find((each) => each.task_id === ids[0]);
    const words = "只能转交给本部门同一岗位的同事";
    if (!COLLEAGUES[body.to]) return problem(400, "invalid_input", words, [{ path: "to", code: "unknown", message: words }]);
    return [200, Object.assign(found, { status: "claimed", claimed_by: COLLEAGUES[body.to], mine: false })];
  }],
  ["POST", /^\/v1\/tasks\/([^/]+)\/decision$/, ({ mock, ids, body }) => {
    mock.decisions.push({ task_id: ids[0], ...body });
    const place = mock.tasks.findIndex((each) => each.task_id === ids[0]);
    if (mock.faster || place < 0) return problem(409, "already_decided", "罗成已在14:05办理：受理");
    const [gone] = mock.tasks.splice(place, 1);
    mock.done.push({ ...gone, asked: body.missing });
    return [200, { ...gone, status: "decided", decision: body.outcome }];
  }],
  ["POST", /^\/v1\/tasks\/([^/]+)\/decision\/preview$/, ({ mock, ids, body }) => {
    const found = mock.tasks.find((each) => each.task_id === ids[0]);
    const asked = (body.missing ?? []).map((each, place) => ({ sort: "item", text: `${place + 1}. ${each.text}` }));
    const [kind, title] = found.kind === "pickup" ? ["delivered", "送达回证"] : body.outcome === "correct" ? ["correction_requested", "补正告知书"] : body.outcome === "reject" ? ["not_accepted", "不予受理决定书"] : ["accepted", "受理通知书"];
    const signed = found.kind === "pickup" ? [{ sort: "paragraph", text: "签收人（签名）：＿＿＿＿＿＿＿＿＿＿" }, { sort: "paragraph", text: "签收日期：＿＿＿＿年＿＿月＿＿日" }] : [];
    const text = `你提出的“${found.service_name}”申请（办件查询码${found.case_no}），经审查，决定如下。${body.opinion ?? ""}`;
    const paragraphs = [{ sort: "addressee", text: "王小明：" }, { sort: "paragraph", text }, ...asked, ...signed];
    return [200, { documents: [{ kind, title, document_no: "签发时编号", paragraphs, signed: ["成都市公安局", "2026年7月1日"] }] }];
  }],
  ["GET", /^\/v1\/staff\/cases$/, ({ mock, query }) => [200, { cases: (query.get("case_no") ? [query.get("case_no")] : mock.tasks.slice(0, 6).map((each) => each.case_no)).map((each) => summary(whole(mock, each))) }]],
  ["GET", /^\/v1\/staff\/cases\/(\d+)$/, ({ mock, ids }) => [200, whole(mock, ids[0])]],
  ["POST", /^\/v1\/staff\/cases\/(\d+)\/reveal$/, ({ mock, ids, body }) => {
    mock.reveals.push(body.purpose);
    const file = whole(mock, ids[0]);
    const form = Object.fromEntries(Object.entries(service(file.service).form.properties).map(([name, schema]) => [name, schema.examples?.[0]]));
    return [200, { form, contact: { name: "王小明", phone: "13800001234" }, applicant: {}, delivery: null, agent: null, rating_words: file.rating && ["同一份材料交了三次，还说没收到。"] }];
  }],
  ["POST", /^\/v1\/cases\/(\d+)\/supplement$/, ({ mock, ids, body, headers }) => {
    mock.supplements.push({ key: headers["idempotency-key"], body });
    const found = mock.done.find((each) => each.case_no === ids[0]);
    const came = new Set([...(body.materials ?? []).map((each) => each.code), ...Object.keys(body.form ?? {})]);
    const missing = missingOf(service(found.service), found.asked).filter((each) => !came.has(each.code));
    found.asked = found.asked.filter((each) => !came.has(each.code));
    const text = missing.length ? `已补交部分材料，还需补正：${missing.map((each) => each.text).join("、")}` : "已补正材料，继续办理";
    return [200, { ...summary(whole(mock, ids[0])), text, missing }];
  }],
  ["GET", /^\/v1\/staff\/board$/, ({ query }) => [200, { ...board, from: query.get("from") ?? board.from, to: query.get("to") ?? board.to }]],
  ["GET", /^\/v1\/staff\/postage$/, ({ query }) => [200, { month: query.get("month"), region: "510100", payer_level: "3", payer_org: "成都市财政", count: 1, sum_fen: 1000, unpriced: 0, parcels: [{ order_no: "660092712000S1", case_no: "660092712000", service_name: "居住证补领", department_name: "成都市公安局", payer_level: "3", payer_org: "成都市财政", carrier: "EMS", waybill: "1234567890123", posted_at: at(30), cost_fen: 1000 }] }]],
  ["GET", /^\/v1\/services$/, ({ query }) => [200, { services: services.filter((each) => !query.get("channel") || each.channels.includes(query.get("channel"))) }]],
  ["GET", /^\/v1\/services\/([a-z0-9-]+)$/, ({ ids }) => (service(ids[0]) ? [200, service(ids[0])] : problem(404, "not_found", "没有这个事项"))],
  ["POST", /^\/v1\/materials$/, ({ base }) => [201, { material_id: "a".repeat(32), upload: { method: "POST", url: `${base}/store/a`, fields: { "Content-Type": "image/png" } }, expires_at: at(-1) }]],
  ["GET", /^\/v1\/materials\/(\w+)$/, ({ base }) => [200, { url: `${base}/console/icon.svg`, expires_at: at(-1) }]],
  ["POST", /^\/store\/\w+$/, () => [200, {}]],
  ["POST", /^\/v1\/applications$/, ({ mock, body, headers }) => {
    const key = headers["idempotency-key"];
    mock.applications.push({ key, body });
    const of = service(body.service);
    const handed = new Set((body.materials ?? []).map((each) => each.code));
    const missing = of.materials.filter((each) => each.source === "self" && each.need === "required" && !handed.has(each.code)).map(({ code, name }) => ({ code, name }));
    return [201, { case_no: "660092712114", status: "submitted", service: of.code, service_name: of.name, received_at: at(0), promised_by: date(of.promised_days), clock: clockOf(of, false), missing_materials: missing.slice(0, 2) }];
  }],
];

async function body(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8") || "{}");
  } catch {
    return {};
  }
}

function file(response, path) {
  const place = join(DIST, path === "/console/" ? "index.html" : path.replace("/console/", ""));
  if (!existsSync(place)) return response.writeHead(404).end();
  return response.writeHead(200, { "content-type": MIME[extname(place)] ?? "application/octet-stream" }).end(readFileSync(place));
}

/** Start the stand-in on a free port; `mock.stop()` ends it. */
export async function start() {
  const mock = { tasks: Array.from({ length: 34 }, (_, number) => task(number)), done: [], decisions: [], reveals: [], supplements: [], applications: [], wrong: 0, down: false, faster: false, more: false };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, mock.base);
    if (url.pathname.startsWith("/console/")) return file(response, url.pathname);
    if (mock.down) return response.destroy();
    const sent = await body(request);
    const route = ROUTES.find(([method, pattern]) => method === request.method && pattern.test(url.pathname));
    if (!route) return response.writeHead(404).end("{}");
    const open = /health|sessions|store/.test(url.pathname);
    const [status, answer] = !open && !request.headers.authorization
      ? problem(401, "unauthenticated", "请先登录")
      : route[2]({ mock, base: mock.base, query: url.searchParams, ids: url.pathname.match(route[1]).slice(1), body: sent, headers: request.headers });
    return response.writeHead(status, { "content-type": status < 400 ? "application/json; charset=utf-8" : "application/problem+json; charset=utf-8" }).end(JSON.stringify(answer));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  mock.base = `http://127.0.0.1:${server.address().port}`;
  mock.arrive = () => mock.tasks.unshift(task(40));
  mock.stop = () => new Promise((done) => { server.closeAllConnections(); server.close(done); });
  return mock;
}
