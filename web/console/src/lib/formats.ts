/** Numbers that prove themselves: GB 11643-1999 (citizen ID), GB 32100-2015 (统一社会信用代码), mobile numbers, dates. */

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY";

export function idNumber(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text) || !date(`${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`)) return false;
  const sum = ID_WEIGHTS.reduce((total, weight, place) => total + weight * Number(text[place]), 0);
  return "10X98765432"[sum % 11] === text[17];
}

export function mobile(text: string): boolean {
  return /^1[3-9]\d{9}$/.test(text);
}

export function creditCode(text: string): boolean {
  if (text.length !== 18) return false;
  const values = [...text].map((sign) => CREDIT_SIGNS.indexOf(sign));
  if (values.includes(-1)) return false;
  let weight = 1;
  let sum = 0;
  for (const value of values.slice(0, 17)) {
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return (31 - (sum % 31)) % 31 === values[17];
}

export function date(text: string): boolean {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!found) return false;
  const [year, month, day] = found.slice(1).map(Number) as [number, number, number];
  const made = new Date(Date.UTC(year, month - 1, day));
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
}

export const VALID: Record<string, (text: string) => boolean> = {
  "id-number": idNumber,
  mobile,
  "credit-code": creditCode,
  date,
};

export const MESSAGES: Record<string, string> = {
  "id-number": "身份证号码不正确，请核对18位号码，最后一位可能是X",
  mobile: "手机号码不正确，请填写11位手机号码",
  "credit-code": "统一社会信用代码不正确，请核对18位代码",
  date: "日期不存在，请按“年-月-日”填写，如2026-01-31",
};
