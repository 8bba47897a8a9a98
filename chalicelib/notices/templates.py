"""What the citizen is told at each turn of a case, in short and plain Chinese, with as little personal data as can be.

The SMS text is ours; the WeChat card's template ids and field names are WeChat's (`config.party("wechat")["templates"]`) and take
the same facts. A card of a template whose fields are not given is filled by `CARD`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from chalicelib.cases.model import Case, Event
from chalicelib.kernel import clock, money

LEVELS = "5非常满意 4满意 3基本满意 2不满意 1非常不满意"  # says which end is best (domain notes §2.2)

SMS: dict[str, str] = {
    "submitted": "您申办的{service_name}已收件，办件号{case_no}，承诺{promised_by}前办结。查进度请回复“查询”。",
    "accepted": "您申办的{service_name}（{case_no}）已受理，承诺{promised_by}前办结。",
    "not_accepted": "您申办的{service_name}（{case_no}）不予受理：{reason}。如有异议可依法申请复议或起诉。详情{link}",
    "correction_requested": "您申办的{service_name}（{case_no}）需补正：{missing}。请于{due}前一次补齐：{link}",
    "granted": "您申办的{service_name}（{case_no}）已准予，结果：{result}。后续请留意通知。",
    "denied": "您申办的{service_name}（{case_no}）不予许可：{reason}。如有异议可依法申请复议或起诉。详情{link}",
    "payment_requested": "您申办的{service_name}（{case_no}）应缴费{amount}元，请在小程序或网页缴纳：{link}",
    "paid": "您申办的{service_name}（{case_no}）已缴费{amount}元，电子票据可在办件详情查看。",
    "dispatched": "您申办的{service_name}（{case_no}）结果已由{carrier}寄出，运单号{waybill}。",
    "ready_for_pickup": "您申办的{service_name}（{case_no}）结果可领取，地点：{address}，时间：{hours}，请带有效证件。",
    "delivered": "您申办的{service_name}（{case_no}）结果已送达，办理完毕。",
    "rating_invited": "您申办的{service_name}（{case_no}）已办结，请评价：{link} 或回复" + LEVELS + "。",
    "withdrawn": "您申办的{service_name}（{case_no}）已按您的申请撤回。",
    "lapsed": "您申办的{service_name}（{case_no}）逾期未补正，已退件。需要时可重新申办。",
}
CODE = "验证码{code}，5分钟内有效。工作人员不会向您索取，请勿告诉他人。"

LEGAL = frozenset({"correction_requested", "denied", "not_accepted"})
"""Told even to those who opted out (退订): 《行政许可法》第32条, 第38条 require it."""

WORDS: dict[str, tuple[str, str]] = {
    "submitted": ("已收件", "承诺{promised_by}前办结"),
    "accepted": ("已受理", "承诺{promised_by}前办结"),
    "not_accepted": ("不予受理", "不予受理，请查看原因"),
    "correction_requested": ("待补正", "请于{due}前补正"),
    "granted": ("准予", "已准予，请留意后续通知"),
    "denied": ("不予许可", "不予许可，请查看原因"),
    "payment_requested": ("待缴费", "应缴费{amount}元"),
    "paid": ("已缴费", "已缴费{amount}元"),
    "dispatched": ("寄送中", "运单号{waybill}"),
    "ready_for_pickup": ("待领取", "请带有效证件领取"),
    "delivered": ("已送达", "结果已送达"),
    "rating_invited": ("待评价", "请为本次服务评价"),
    "withdrawn": ("已撤回", "已按您的申请撤回"),
    "lapsed": ("已退件", "逾期未补正，已退件"),
}
"""For cards: how the case stood after the event (at most five characters), and what to do."""

CARD = {
    "character_string1": "{case_no}",
    "thing2": "{service_name}",
    "phrase3": "{status_name}",
    "time4": "{at}",
    "thing5": "{note}",
}


def told(event_name: str) -> bool:
    """Tell whether the citizen is sent a notice of this event."""
    return event_name in SMS


def facts(case: Case, event: Event, link: str) -> dict[str, str]:
    """Return every value a template may name, each a short text; what the event does not say gets a word that reads well.

    Raises KeyError for an event nobody is told of.
    """
    data = event.data
    phrase, note = WORDS[event.name]
    name = str(case.facts.get("short_name") or case.service_name)
    values = {
        "service_name": name if len(name) <= 20 else name[:19] + "…",
        "case_no": case.case_no,
        "status_name": phrase,
        "promised_by": _day(case.promised_by.isoformat()),
        "at": f"{event.at.astimezone(clock.SHANGHAI):%Y年%-m月%-d日 %H:%M}",
        "reason": _short(data.get("reason") or data.get("opinion"), "见办件详情", 40),
        "missing": _missing(data.get("asked") or data.get("missing")),
        "due": _day(str(data.get("due") or "")) or "规定期限",
        "deadline": _day(str(data.get("due") or data.get("expires_at") or case.promised_by)),
        "result": _short(data.get("result"), "见办件详情", 20),
        "amount": money.yuan(int(data["amount_fen"])) if "amount_fen" in data else "见详情",
        "carrier": _short(data.get("carrier"), "邮政速递", 10),
        "waybill": _short(data.get("waybill"), "见办件详情", 32),
        "address": _short(data.get("address"), "政务服务大厅", 30),
        "hours": _short(data.get("hours"), "工作日上班时间", 20),
        "link": str(data.get("link") or link),
    }
    return values | {"note": note.format_map(values)}


def sms_text(event_name: str, values: Mapping[str, str]) -> str:
    """Write the SMS of an event. Raises KeyError for an event nobody is told of."""
    return SMS[event_name].format_map(values)


def card_fields(template: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, str]:
    """Fill a WeChat template's fields; limits of length are the gateway's affair."""
    known = defaultdict(str, values)
    return {name: str(pattern).format_map(known) for name, pattern in (template.get("fields") or CARD).items()}


def _short(value: Any, otherwise: str, limit: int) -> str:
    text = " ".join(str(value or "").split()).rstrip("。.")
    return otherwise if not text else text if len(text) <= limit else text[: limit - 1] + "…"


def _missing(value: Any) -> str:
    """List what is missing: items are sentences, or objects with `text`, `name` or `code`."""
    names = [
        str(item.get("text") or item.get("name") or item.get("code")) if isinstance(item, dict) else str(item)
        for item in value or ()
    ]
    return _short("、".join(names), "见办件详情", 60)


def _day(text: str) -> str:
    """2026-11-22… → 11月22日; anything else as it is."""
    try:
        moment = clock.parse(text)
    except ValueError:
        return text
    return f"{moment.month}月{moment.day}日"


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
