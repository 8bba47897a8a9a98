import { describe, expect, it } from "vitest";
import type { Board, Service } from "../../src/api/types";
import { channelBars, dash, lastDays, levelBars } from "../../src/board/figures";
import { applicationOf, draftFaults, newDraft } from "../../src/intake/draft";
import { typeOf, unfit } from "../../src/intake/upload";
import { moment, percent } from "../../src/lib/format";
import { wantedOf } from "../../src/search/wanted";

const service = {
  code: "residence-permit",
  delivery: ["courier", "pickup"],
  form: { required: ["name"], properties: { name: { type: "string", title: "姓名" }, note: { type: "string", title: "备注" } }, "x-order": ["name", "note"] },
} as unknown as Service;

describe("window intake", () => {
  it("writes what the API takes and nothing empty", () => {
    const draft = { ...newDraft(service), form: { name: " 王小明 ", note: "" }, contact: { name: "", phone: "138 0000 1234" } };
    draft.delivery = { method: "pickup", name: "张三", phone: "", address: "" };
    draft.handed = [{ code: "photo", name: "证件照", materialId: "a1", file: "照片.jpg" }];
    expect(applicationOf(service, draft)).toEqual({
      service: "residence-permit",
      form: { name: "王小明" },
      contact: { phone: "13800001234" },
      delivery: { method: "pickup" },
      materials: [{ code: "photo", material_id: "a1" }],
    });
    expect(draftFaults(service, applicationOf(service, draft))).toEqual({});
  });

  it("sends a small x and a small credit code as they are kept", () => {
    const formats = { name: { type: "string", title: "证件", format: "id-number" }, note: { type: "string", title: "代码", format: "credit-code" } };
    const business = { ...service, form: { ...service.form, properties: formats } } as unknown as Service;
    const draft = { ...newDraft(business), form: { name: "51010719850615002x", note: "91350100m000100y43" }, agent: { on: true, name: "李", id_number: "51010719850615002x", phone: "13800001234" } };
    const sent = applicationOf(business, draft);
    expect(sent.form).toEqual({ name: "51010719850615002X", note: "91350100M000100Y43" });
    expect(sent.agent?.id_number).toBe("51010719850615002X");
  });

  it("names every fault where the API would", () => {
    const draft = newDraft(service);
    draft.agent.on = true;
    expect(Object.keys(draftFaults(service, applicationOf(service, draft)))).toEqual([
      "form.name", "contact.phone", "delivery.name", "delivery.phone", "delivery.address", "agent.name", "agent.id_number", "agent.phone",
    ]);
  });

  it("gives each intake a key of its own", () => expect(newDraft(service).key).not.toBe(newDraft(service).key));

  it("takes only files the API takes", () => {
    expect(typeOf("扫描.PDF")).toBe("application/pdf");
    expect(typeOf("决定书.ofd")).toBe("application/ofd");
    expect(unfit({ name: "a.docx", size: 5 })).toContain("只能上传");
    expect(unfit({ name: "a.jpg", size: 11 * 1024 * 1024 })).toContain("10 MB");
    expect(unfit({ name: "a.jpg", size: 0 })).toBe("文件是空的");
    expect(unfit({ name: "a.jpg", size: 5 })).toBeUndefined();
  });
});

describe("search", () => {
  it.each([
    ["6600 9271 2114", { case_no: "660092712114" }],
    ["13800001234", { phone: "13800001234" }],
    ["51010719850615002x", { id_number: "51010719850615002X" }],
  ])("%s", (typed, wanted) => expect(wantedOf(typed)).toEqual(wanted));
  it.each(["", "12345", "12800001234", "510104199001010018"])("%j is explained", (typed) => expect(wantedOf(typed)).toMatch(/^(请输入|手机号码不正确|证件号码不正确)/));
});

describe("board", () => {
  const board = {
    by_channel: [{ channel: "sms", received: 1 }, { channel: "web", received: 3 }],
    satisfaction: { rated: 4, satisfied: 3, rate: 0.75, levels: { 5: 2, 3: 1, 1: 1 } },
  } as unknown as Board;
  it("orders channels by share", () => expect(channelBars(board)).toEqual([{ name: "网页", value: 3, share: 0.75 }, { name: "短信", value: 1, share: 0.25 }]));
  it("keeps all five levels in order", () => expect(levelBars(board).map((each) => each.value)).toEqual([2, 0, 1, 0, 1]));
  it("draws rings within bounds", () => {
    expect(dash(0.5, 50)).toBe("157.08 157.08");
    expect(dash(2, 50)).toBe("314.16 0.00");
  });
  it("counts today as a day", () => expect(lastDays("2026-03-01", 7)).toEqual({ from: "2026-02-23", to: "2026-03-01" }));
});

it("writes times and shares as an office does", () => {
  expect(moment("2026-02-28T23:30:00Z")).toBe("2026-03-01 07:30");
  expect(moment(null)).toBe("—");
  expect(percent(1089, 1107)).toBe("98.4%");
  expect(percent(1, 0)).toBe("—");
});
