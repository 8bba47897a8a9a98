import { describe, expect, it } from "vitest";
import { renewalText } from "../../src/certificates/renewal";
import { applicationOf, draftFaults, newDraft } from "../../src/intake/draft";
import type { Service } from "../../src/api/types";

const OF = { number: "1234567890123459", runs_to: "2026-10-08", timely: true };
const SERVICE = { code: "hygiene-licence", delivery: ["electronic"], form: { type: "object", required: [], "x-order": [], properties: {} } } as unknown as Service;

describe("a case that renews a certificate", () => {
  it("says which, until when it runs, and what no decision by then means", () => {
    expect(renewalText(OF)).toBe("1234 5678 9012 3459，有效期至2026年10月8日；已受理而届时没有决定的，视为准予延续");
    expect(renewalText({ ...OF, timely: false })).toContain("提出时已不足30天，届时没有决定的，证照到期失效");
  });
});

describe("a renewal taken in at the window", () => {
  const draft = { ...newDraft(SERVICE), contact: { name: "", phone: "13800001234" } };
  it("names the certificate as it is read aloud", () => {
    const filed = applicationOf(SERVICE, { ...draft, renews: " 1234 5678 9012 3459 " });
    expect(filed.renews).toBe("1234567890123459");
    expect(draftFaults(SERVICE, filed)).toEqual({});
    expect(applicationOf(SERVICE, draft)).not.toHaveProperty("renews");
  });
  it("is told of a number that is none", () => expect(draftFaults(SERVICE, applicationOf(SERVICE, { ...draft, renews: "12" }))).toEqual({ renews: "证照编号是16位数字" }));
});
