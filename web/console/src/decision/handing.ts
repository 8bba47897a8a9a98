/** What is told with a decision that hands something over: who signs at the window, which parcel went, where it goes next. */
import type { Taker } from "@shared/vocabulary";
import type { Choice, Decision } from "../api/types";

export interface Handing {
  taker: Taker | null;
  name: string;
  id: string;
  code: string;
  seen: boolean;
}

export interface Parcel {
  waybill: string;
  elsewhere: boolean;
  name: string;
  phone: string;
  address: string;
}

export const NOBODY: Handing = { taker: null, name: "", id: "", code: "", seen: false };
export const NOWHERE: Parcel = { waybill: "", elsewhere: false, name: "", phone: "", address: "" };

/** What is still to be filled in before it can be sent; empty where nothing is. */
export function handingWanting(choice: Choice, handing: Handing, parcel: Parcel, known: string | undefined): string {
  if (choice.signed) {
    if (!handing.taker) return "请选择由谁签收";
    if (handing.taker === "other" && handing.name.trim().length < 2) return "请填写领取人姓名，它会写在送达回证上";
    if (!handing.seen) return "请当面核对领取人的有效证件，核对后勾选";
  }
  if (choice.posted && !known && !parcel.waybill) return "快递还没有给出运单号，请填写面单上的运单号";
  if (choice.sent && parcel.elsewhere && !(parcel.name.trim() && parcel.phone && parcel.address.trim().length >= 5)) return "请把收件人姓名、手机号码和收件地址填写完整";
  return "";
}

/** The part of a decision that says so. */
export function handed(choice: Choice, handing: Handing, parcel: Parcel): Partial<Decision> {
  const signed = choice.signed && handing.taker ? { taker: handing.taker, id_seen: handing.seen, ...(handing.code ? { code: handing.code } : {}) } : {};
  const other = choice.signed && handing.taker === "other" ? { taker_name: handing.name.trim(), ...(handing.id ? { taker_id: handing.id } : {}) } : {};
  const posted = choice.posted && parcel.waybill ? { waybill: parcel.waybill } : {};
  const sent = choice.sent && parcel.elsewhere ? { address: { name: parcel.name.trim(), phone: parcel.phone, address: parcel.address.trim() } } : {};
  return { ...signed, ...other, ...posted, ...sent };
}
