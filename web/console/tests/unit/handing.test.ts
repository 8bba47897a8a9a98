import { describe, expect, it } from "vitest";
import type { Choice } from "../../src/api/types";
import { NOBODY, NOWHERE, handed, handingWanting } from "../../src/decision/handing";

const SIGNED: Choice = { outcome: "approve", name: "已交付", opinion: false, signed: true };
const POSTED: Choice = { outcome: "approve", name: "已交寄", opinion: false, posted: true };
const SENT: Choice = { outcome: "resend", name: "再次寄送", opinion: false, sent: true };
const HANDING = { ...NOBODY, taker: "self" as const, seen: true };

describe("what is told with a result that is handed over", () => {
  it("asks who signs and whether his document was seen", () => {
    expect(handingWanting(SIGNED, NOBODY, NOWHERE, undefined)).toContain("由谁签收");
    expect(handingWanting(SIGNED, { ...HANDING, seen: false }, NOWHERE, undefined)).toContain("有效证件");
    expect(handingWanting(SIGNED, { ...HANDING, taker: "other" }, NOWHERE, undefined)).toContain("领取人姓名");
    expect(handingWanting(SIGNED, HANDING, NOWHERE, undefined)).toBe("");
    expect(handed(SIGNED, { ...HANDING, code: "123456" }, NOWHERE)).toEqual({ taker: "self", id_seen: true, code: "123456" });
    expect(handed(SIGNED, { ...HANDING, taker: "other", name: " 李四 ", id: "123X" }, NOWHERE)).toEqual({ taker: "other", id_seen: true, taker_name: "李四", taker_id: "123X" });
  });

  it("asks for the waybill only where the courier gave none, and sends what was scanned", () => {
    expect(handingWanting(POSTED, NOBODY, NOWHERE, undefined)).toContain("运单号");
    expect(handingWanting(POSTED, NOBODY, NOWHERE, "EA1")).toBe("");
    expect(handed(POSTED, NOBODY, NOWHERE)).toEqual({});
    expect(handed(POSTED, NOBODY, { ...NOWHERE, waybill: "EA1" })).toEqual({ waybill: "EA1" });
  });

  it("sends another address whole or none", () => {
    const elsewhere = { ...NOWHERE, elsewhere: true, name: "李四", phone: "13900000001", address: "成都市武侯区" };
    expect(handingWanting(SENT, NOBODY, { ...elsewhere, phone: "" }, undefined)).toContain("填写完整");
    expect(handed(SENT, NOBODY, elsewhere)).toEqual({ address: { name: "李四", phone: "13900000001", address: "成都市武侯区" } });
    expect(handed(SENT, NOBODY, { ...elsewhere, elsewhere: false })).toEqual({});
  });
});
