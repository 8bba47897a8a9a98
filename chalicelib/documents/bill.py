"""The facts of a fee that a document may name: what it is made of, by when it is to be paid, how it was paid."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from chalicelib.cases.clock import AWAITED
from chalicelib.cases.fee import assessed
from chalicelib.cases.model import Case, Event
from chalicelib.catalogue.model import Service
from chalicelib.documents.model import Fact
from chalicelib.kernel import clock, money
from chalicelib.vocabulary.codes import COUNTER_WAYS
from chalicelib.vocabulary.events import EventName


def of_fee(case: Case, event: Event, service: Service) -> dict[str, Fact]:
    """What a fee is made of: as the event tells it, or on a receipt as the form stands."""
    parts = event.data
    if event.name is EventName.SUBMITTED and service.fee:
        counted = assessed(service, case.private or {})
        lines, less = map(asdict, counted.lines), map(asdict, counted.reductions)
        parts = {"items": lines, "reductions": less, "total": counted.total_fen}
    return {
        "fees": tuple(map(_line, parts.get("items", ()))),
        "reductions": tuple(
            f"{each['reason']}，减{money.yuan(each['amount_fen'])}元（{each['basis']}，凭{each['proof_name']}）"
            for each in parts.get("reductions", ())
        ),
        "estimate": f"{money.yuan(parts['total'])}元" if "total" in parts else "",
    }


def _line(line: dict[str, Any]) -> str:
    """Write an item of a fee with how it was counted, and its law; a bill written before that was told says the amount."""
    amount = f"{money.yuan(line['amount_fen'])}元"
    how = line.get("how", amount)
    said = how if how.endswith(amount) else f"{how}，计{amount}"
    return f"{line['name']}：{said}" + (f"（{line['basis']}）" if line.get("basis") else "")


def of_payment(event: Event) -> dict[str, Fact]:
    """What is to be paid and by when, or how it was paid; "" where an event tells of neither."""
    data, fen = event.data, int(event.data.get("amount_fen") or event.data.get("fee_fen") or 0)
    until, awaited = data.get("until", ""), AWAITED if data.get("provisional") else ""
    return {
        "amount": money.yuan(fen) if fen else "",
        "capital": money.capital(fen) if fen else "",
        "pay_until": f"{clock.long_day(date.fromisoformat(until[:10]))}24时前{awaited}" if until else "",
        "till": "，".join(data["counter"].values()) if "counter" in data else "",
        **(_paid(event) if event.name is EventName.PAID else dict.fromkeys(PAID, "")),
    }


PAID = ("paid_at", "pay_way", "transaction", "order_no", "receipt_no")


def _paid(event: Event) -> dict[str, Fact]:
    data, at = event.data, event.at.astimezone(clock.SHANGHAI)
    way, receipt = str(data.get("way", "online")), str(data.get("receipt_no") or "")
    return {
        "paid_at": f"{clock.long_day(at.date())}{at:%H:%M}",
        "pay_way": event.by if way == "online" else f"{event.by}，{COUNTER_WAYS[way]}",
        "transaction": "" if receipt else str(data.get("transaction_id") or ""),
        "order_no": str(data.get("out_trade_no") or ""),
        "receipt_no": receipt,
    }
