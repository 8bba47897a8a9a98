import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { creditCode, date, idNumber, mobile } from "../../src/lib/formats";
import { applicable } from "../../src/lib/materials";
import { fault, faults, fieldsOf, shown, tidy, tidyAll, tidyDate } from "../../src/lib/schemaForm";

const FORM = {
  required: ["name", "id_number", "reason", "since", "seats"],
  "x-order": ["name", "id_number", "reason", "since", "seats", "home_visit", "address"],
  properties: {
    seats: { type: "integer", title: "座位数", minimum: 1, maximum: 500 },
    address: { type: "string", title: "地址", minLength: 5, maxLength: 120 },
    name: { type: "string", title: "姓名", minLength: 2, maxLength: 50, "x-ask": "请问您叫什么名字？", examples: ["王小明"] },
    id_number: { type: "string", title: "身份证号码", format: "id-number" },
    reason: { type: "string", title: "理由", enum: ["work", "home"], "x-labels": { work: "就业", home: "住所" } },
    since: { type: "string", title: "日期", format: "date" },
    home_visit: { type: "boolean", title: "上门" },
  },
};
const fields = fieldsOf(FORM);
const field = (name: string) => fields.find((each) => each.name === name)!;

describe("fieldsOf", () => {
  it("keeps the order of asking and the words of every channel", () => {
    expect(fields.map((each) => each.name)).toEqual(FORM["x-order"]);
    expect(field("name")).toMatchObject({ ask: "请问您叫什么名字？", example: "王小明", required: true, kind: "text" });
    expect(field("reason")).toMatchObject({ kind: "choice", options: [{ value: "work", label: "就业" }, { value: "home", label: "住所" }] });
    expect(fields.map((each) => each.kind)).toEqual(["text", "text", "choice", "date", "number", "yesno", "long"]);
  });

  it("draws nothing for no form", () => expect(fieldsOf(undefined)).toEqual([]));

  it("draws every service there is, with a sentence for each field", () => {
    const folder = new URL("../../../../services/", import.meta.url);
    const names = readdirSync(folder).filter((name) => name.endsWith(".yaml") && name !== "departments.yaml");
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) {
      const { form } = parse(readFileSync(new URL(name, folder), "utf8"));
      const drawn = fieldsOf(form);
      expect(drawn.map((each) => each.name).sort()).toEqual(Object.keys(form.properties).sort());
      for (const each of drawn) {
        expect(each.ask, `${name} ${each.name}`).toMatch(/[？?。]$/);
        for (const example of each.schema.examples ?? []) expect(fault(each, tidy(each, example)), `${name} ${each.name}`).toBeUndefined();
      }
    }
  });
});

describe("tidy", () => {
  it.each([
    ["since", "20260131", "2026-01-31"],
    ["since", "2026年1月3日", "2026-01-03"],
    ["since", "2026/1/3", "2026-01-03"],
    ["id_number", " 51010719850615002x ", "51010719850615002X"],
    ["seats", "30", 30],
    ["seats", "三十", "三十"],
    ["name", "  王小明 ", "王小明"],
    ["name", "   ", undefined],
  ])("%s: %j → %j", (name, typed, kept) => expect(tidy(field(name), typed)).toEqual(kept));

  it("leaves out what is empty, and keeps false", () => {
    expect(tidyAll(fields, { name: "王小明", address: "", home_visit: false })).toEqual({ name: "王小明", home_visit: false });
  });

  it("does not touch what is no date", () => expect(tidyDate("昨天")).toBe("昨天"));
});

describe("fault", () => {
  it.each([
    ["name", undefined, "姓名不能为空"],
    ["name", "王", "姓名至少 2 个字"],
    ["id_number", "510104199001010018", "身份证号码不正确，请核对18位号码，最后一位可能是X"],
    ["since", "2026-02-30", "日期不存在，请按“年-月-日”填写，如2026-01-31"],
    ["seats", 0, "座位数不能小于 1"],
    ["seats", 1.5, "座位数应当是整数"],
    ["seats", "三十", "座位数应当是数字"],
    ["reason", "other", "请选择理由"],
    ["address", undefined, undefined],
    ["home_visit", false, undefined],
  ])("%s: %j → %s", (name, value, message) => expect(fault(field(name), value)).toBe(message));

  it("names every fault at once", () => {
    expect(Object.keys(faults(fields, {}))).toEqual(["name", "id_number", "reason", "since", "seats"]);
  });
});

it("shows labels, 是/否 and a dash", () => {
  expect(shown(field("reason"), "home")).toBe("住所");
  expect(shown(field("home_visit"), false)).toBe("否");
  expect(shown(field("address"), undefined)).toBe("—");
});

it("checks numbers as the API does", () => {
  for (const good of ["510104199001010019", "51010719850615002X", "810000198001010014", "510114199502031232", "911156202301010017"]) expect(idNumber(good), good).toBe(true);
  for (const bad of ["510104199001010018", "51010419900230001X", "51010419900101001", ""]) expect(idNumber(bad), bad).toBe(false);
  expect(creditCode("91350100M000100Y43")).toBe(true);
  expect(creditCode("91350100M000100Y44")).toBe(false);
  expect(mobile("13800001234") && !mobile("12800001234") && !mobile("1380000123")).toBe(true);
  expect(date("2028-02-29") && !date("2026-02-29")).toBe(true);
});

it("shortens the materials by the form's answers", () => {
  const service = {
    situations: [{ id: "reason", question: "", options: [{ value: "work", label: "", materials: ["contract"] }, { value: "home", label: "", materials: ["deed"] }] }],
    materials: ["photo", "contract", "deed"].map((code) => ({ code, name: code })) as never[],
  };
  const codes = (answers: Record<string, unknown>) => applicable(service, answers).map((each) => each.code);
  expect(codes({})).toEqual(["photo", "contract", "deed"]);
  expect(codes({ reason: "home" })).toEqual(["photo", "deed"]);
});
