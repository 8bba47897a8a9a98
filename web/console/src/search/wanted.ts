import { isCreditCode, isIdNumber, isMobile } from "@shared/formats";
import type { Wanted } from "../api/queries";

/** Tell what somebody typed: a case number, a phone or an ID. A sentence says what is wrong with it. */
export function wantedOf(typed: string): Wanted | string {
  const text = typed.replace(/[\s-]/g, "").toUpperCase();
  if (!text) return "请输入办件号、手机号码或证件号码";
  if (/^\d{12}$/.test(text)) return { case_no: text };
  if (isMobile(text)) return { phone: text };
  if (isIdNumber(text) || isCreditCode(text)) return { id_number: text };
  if (/^\d{11}$/.test(text)) return "手机号码不正确，请填写11位手机号码";
  if (text.length === 18) return "证件号码不正确，请核对18位号码";
  return "请输入 12 位办件号、11 位手机号码，或 18 位证件号码";
}
