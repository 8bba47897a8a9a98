"""The facts a message may name, and the texts they are filled into: `vocabulary.events` has the words of each event, for who is told of it
and for who asks how the case stands.

A card's template ids and field names are its carrier's (the party's `templates`) and take the same facts; a card of a template
whose fields are not given is filled by `CARD`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from chalicelib.cases import rights, standing
from chalicelib.cases.clock import AWAITED, written
from chalicelib.cases.model import Case, Event
from chalicelib.certificates.model import grouped
from chalicelib.kernel import clock, mask, money
from chalicelib.vocabulary import events
from chalicelib.vocabulary.events.meanings import APPEAL, Message
from chalicelib.vocabulary.periods import ONE_TIME_CODE
from chalicelib.vocabulary.statuses import FORWARDED

CODE = f"验证码{{code}}，{clock.lasting(ONE_TIME_CODE)}内有效。工作人员不会向您索取，请勿告诉他人。"

CARD = {
    "character_string1": "{case_no}",
    "thing2": "{service_name}",
    "phrase3": "{status_name}",
    "time4": "{at}",
    "thing5": "{note}",
}


SAID = {
    "organ": ("上级机关", 24),
    "result": ("见办件详情", 20),
    "carrier": ("快递公司", 10),
    "waybill": ("见办件详情", 32),
    "address": ("政务服务大厅", 30),
    "hours": ("工作日上班时间", 20),
    "pickup_code": ("见办件详情", 6),
}
"""Facts of an event that a message says as they are: what else where there is none, and how many characters."""


REPLY = "，填写项可回复“补正”"
"""Kept by `dialogue.service`."""

ANSWERED = {"rectified": "已整改", "explained": "已核实说明"}
"""How a bad rating was answered."""
DONE = {"accepted": "已受理", "granted": "已准予"}
DEEMED = {"accepted": "逾期没有告知补正，视为受理", "granted": "到期前没有作出决定，依法视为准予延续"}
"""What is said of an act of an office, and of one that time did for it (《行政许可法》第32、50条)."""
BY_PARTY, BY_HAND = {"returned": "已按原支付方式退回"}, {"returned": "已由办理部门退给您"}
"""How money went back."""


THEN = {"pickup": "制好后通知您领取", "courier": "制好后寄给您"}
"""What follows a grant, by the way of delivery: the next that is heard of it."""


def stands(case: Case) -> str:
    """Say how a case stands in the words of what happened last to it, to who asks; empty where its status says all.

    What an office wrote is said with the numbers of people in it masked: who asks may know no more of them than the last four.
    """
    event = standing.told(case)
    message = events.message(event.name) if event else None
    return mask.free_text(message.spoken.format_map(facts(case, event, message, ""))) if event and message else ""


def facts(case: Case, event: Event, message: Message, link: str, amends: bool = False) -> dict[str, str]:
    """Return every value a message may name, each a short text; what the event does not say gets a word that reads well.

    `amends`: who is told may change the form from this telephone, so he is told that an answer is enough.
    """
    data, at = event.data, event.at.astimezone(clock.SHANGHAI)
    name = str(case.facts.get("short_name") or case.service_name)
    values = {
        "service_name": name if len(name) <= 20 else name[:19] + "…",
        "case_no": case.case_no,
        **dict.fromkeys(("status_name", "verdict"), str(data.get("verdict") or message.phrase)),
        "over": case.status_name if case.status_name == FORWARDED else "已办结",
        "promised_by": written(case.clock.due),
        "promise": case.clock.said(),
        "promise_note": case.clock.noted(),
        **_still(case, data),
        **{name: _short(data.get(name), otherwise, limit) for name, (otherwise, limit) in SAID.items()},
        "at": f"{clock.long_day(at)} {at:%H:%M}",
        **_refused(data),
        **_missing(data, amends),
        **_special(case, data),
        "answered": ANSWERED.get(str(data.get("answer")), "已整改"),
        "checked_by": _short(event.by, "监督部门", 20),
        "fields": _short("、".join(data.get("fields", ())), "内容", 30),
        **_days(data),
        **(DEEMED if data.get("deemed") else DONE),
        **(BY_HAND if data.get("by_hand") else BY_PARTY),
        **_given(data),
        **_bill(case, data),
        "link": str(data.get("link") or link),
    }
    return values | {"note": message.note.format_map(values)}


def _given(data: Mapping[str, Any]) -> dict[str, str]:
    """Say what follows a grant, which certificate it gave, and of a result given in the same minute, that it was granted."""
    then = THEN.get(str(data.get("delivery") or ""), "请留意后续通知")
    number = grouped(data["certificate_no"]) if "certificate_no" in data else ""
    return {
        "then": then,
        "certificate": f"，证照编号{number}" if number else "",
        "reissued": f"，证照已换发，新编号{number}，旧证不再有效" if number else "",
        "granted_now": "已准予，" if data.get("method") == "electronic" else "",
    }


def _refused(data: Mapping[str, Any]) -> dict[str, str]:
    """Say why it is no, which organ to turn to where it is another's, and where and until when to appeal."""
    organ, way = str(data.get("organ") or ""), data.get("appeal") or {}
    reason = str(data.get("reason") or data.get("opinion") or "").removesuffix(f"，请向{organ}申请")
    unmet = _short("；".join(each.rstrip("。.；;") for each in data.get("unmet", ())), "", 40)
    said = {
        "reason": _short(reason, "见办件详情", 40),
        "unmet": f"（不符合：{unmet}）" if unmet else "",
        "appeal": APPEAL,
    }
    said["turn"] = f"请向{_short(organ, '', 24)}申请。" if organ else ""
    if way:
        by, sue = (clock.long_day(clock.parse(way[name])) for name in ("reconsider_by", "sue_by"))
        last = f"可向{way['reviewed_by']}申请复议（最迟{by}）或向{way['court']}起诉（最迟{sue}）"
        said["appeal"] = f"如不服，{last}，晚收到的顺延{AWAITED if way.get('provisional') else ''}。"
    return said


def _missing(data: Mapping[str, Any], amends: bool) -> dict[str, str]:
    """Say what is missing, and to who may, that a field of the form can be answered at once."""
    missing = data.get("missing", ())
    reply = REPLY if amends and any(item.get("group") == "field" for item in missing) else ""
    return {"missing": _short("、".join(item["text"] for item in missing), "见办件详情", 60), "reply": reply}


def _days(data: Mapping[str, Any]) -> dict[str, str]:
    """Say by when what is to be done, or over."""
    due, until, expires = (_day(str(data.get(name) or "")) for name in ("due", "until", "expires"))
    return {
        "due": due + (AWAITED if data.get("provisional") else "") or "规定期限",
        "due_day": due or "规定期限",
        "until": until or "规定期限",
        "expires": expires or "近期",
    }


def _bill(case: Case, data: Mapping[str, Any]) -> dict[str, str]:
    """Say how much, until when, and to who filed at a window or a kiosk, where there may be no phone to pay by, at which counter."""
    amount = money.yuan(int(data["amount_fen"])) if "amount_fen" in data else "见详情"
    by = f"{clock.day(date.fromisoformat(data['until'][:10]))}24时" if data.get("until") else "规定期限"
    counter = _counter(data["counter"]) if "counter" in data and rights.gone(case) else ""
    return {"amount": amount, "pay_by": by, "counter": counter}


def _counter(place: Mapping[str, str]) -> str:
    return f"，或到{_short(place['address'], '', 30)}（{_short(place['hours'], '', 20)}）缴现金、刷卡"


def _still(case: Case, data: Mapping[str, Any]) -> dict[str, str]:
    """Say what follows a supplement: what is still asked for and by when, or the promise."""
    if not data.get("asked"):
        return {"still": case.clock.said(), "still_note": case.clock.noted()}
    return {"still": f"还需{_short(data['asked'], '', 100)}", "still_note": f"请于{_day(data['due'])}前补齐其余"}


def _special(case: Case, data: Mapping[str, Any]) -> dict[str, str]:
    """Say what a special procedure is, and how it ended; of a hearing (听证) when and where it is held, or that it is not and why."""
    name, why = str(data.get("procedure") or "特别程序"), _short(data.get("reason"), "", 30)
    day, place = _day(str(data.get("held_on") or "")), _short(data.get("place"), "", 20)
    resumed, noted = f"{name}已结束" + f"（{why}）" * bool(why), case.clock.noted()
    if data.get("called_off"):
        resumed, noted = f"{name}取消：{day}（{place}）不举行，{why}", f"{day}听证不举行"
    hearing = f"（{day}{place}）" if day else ""
    return {"procedure": name, "hearing": hearing, "resumed": resumed, "resumed_note": noted}


def card_fields(template: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, str]:
    """Fill a card template's fields; limits of length are the carrier's affair."""
    known = defaultdict(str, values)
    return {name: str(pattern).format_map(known) for name, pattern in (template.get("fields") or CARD).items()}


def _short(value: Any, otherwise: str, limit: int) -> str:
    text = " ".join(str(value or "").split()).rstrip("。.")
    return standing.cut(text, limit) if text else otherwise


def _day(text: str) -> str:
    """2026-11-22… → 11月22日; anything else as it is."""
    try:
        return clock.day(clock.parse(text))
    except ValueError:
        return text


REASONS: dict[str, str] = {
    "bad_number": "手机号码无法接收短信",
    "opted_out": "已退订短信",
    "content": "短信内容未通过运营商检查",
    "no_phone": "无手机号",
    "stale": "已过有效时间",
    "given_up": "多次发送未成功",
    "unconfirmed": "已发出，对方未确认",
    "undelivered": "运营商未能送达",
}


def reason(code: str) -> str:
    """Say in Chinese why a notice was not sent: `sms_bad_number` → 手机号码无法接收短信."""
    return REASONS.get(code.partition("_")[2], REASONS.get(code, "对方系统未受理"))
