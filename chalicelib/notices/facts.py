"""The facts a message may name, and the texts they are filled into: `vocabulary.events` has the words of each event.

A card's template ids and field names are its carrier's (the party's `templates`) and take the same facts; a card of a template
whose fields are not given is filled by `CARD`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from chalicelib.cases import rights
from chalicelib.cases.clock import AWAITED, written
from chalicelib.cases.model import Case, Event
from chalicelib.certificates.model import grouped
from chalicelib.kernel import clock, money
from chalicelib.vocabulary.events.meanings import Message
from chalicelib.vocabulary.periods import ONE_TIME_CODE

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
}
"""Facts of an event that a message says as they are: what else where there is none, and how many characters."""


DONE = {"accepted": "已受理", "granted": "已准予"}
DEEMED = {"accepted": "逾期没有告知补正，依法视为受理", "granted": "到期前没有作出决定，依法视为准予延续"}
"""What is said of an act of an office, and of one that the law did for it (《行政许可法》第32、50条)."""


def facts(case: Case, event: Event, message: Message, link: str) -> dict[str, str]:
    """Return every value a message may name, each a short text; what the event does not say gets a word that reads well."""
    data, at = event.data, event.at.astimezone(clock.SHANGHAI)
    name = str(case.facts.get("short_name") or case.service_name)
    values = {
        "service_name": name if len(name) <= 20 else name[:19] + "…",
        "case_no": case.case_no,
        "status_name": message.phrase,
        "promised_by": written(case.clock.due),
        "promise": case.clock.said(),
        "promise_note": case.clock.noted(),
        **_still(case, data),
        **{name: _short(data.get(name), otherwise, limit) for name, (otherwise, limit) in SAID.items()},
        "at": f"{clock.long_day(at)} {at:%H:%M}",
        "reason": _short(data.get("reason") or data.get("opinion"), "见办件详情", 40),
        "procedure": str(data.get("procedure") or "特别程序"),
        "hearing": f"（{_day(data['held_on'])}{_short(data['place'], '', 20)}）" if "held_on" in data else "",
        "fields": _short("、".join(data.get("fields", ())), "内容", 30),
        "verdict": str(data.get("verdict") or "不予受理"),
        "missing": _short("、".join(item["text"] for item in data.get("missing", ())), "见办件详情", 60),
        "due": _day(str(data.get("due") or "")) + (AWAITED if data.get("provisional") else "") or "规定期限",
        "due_day": _day(str(data.get("due") or "")) or "规定期限",
        **_bill(case, data),
        "expires": _day(str(data.get("expires") or "")) or "近期",
        "reissued": f"，证照已换发，新编号{grouped(data['certificate_no'])}，旧证不再有效"
        if "certificate_no" in data
        else "",
        **(DEEMED if data.get("deemed") else DONE),
        "certificate": f"，证照编号{grouped(data['certificate_no'])}" if "certificate_no" in data else "",
        "link": str(data.get("link") or link),
    }
    return values | {"note": message.note.format_map(values)}


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


def card_fields(template: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, str]:
    """Fill a card template's fields; limits of length are the carrier's affair."""
    known = defaultdict(str, values)
    return {name: str(pattern).format_map(known) for name, pattern in (template.get("fields") or CARD).items()}


def _short(value: Any, otherwise: str, limit: int) -> str:
    text = " ".join(str(value or "").split()).rstrip("。.")
    return otherwise if not text else text if len(text) <= limit else text[: limit - 1] + "…"


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
