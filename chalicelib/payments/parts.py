"""Paying, put together: the workflow's step, the round that asks after orders, the task that pays money back."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.capability import Capability
from chalicelib.payments.model import CASHIER, KIND, REFUND
from chalicelib.tasks.model import Choice, Kind
from chalicelib.vocabulary.roles import Role
from chalicelib.vocabulary.statuses import Status

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.cases.model import CaseFile, Row
    from chalicelib.catalogue.model import Service
    from chalicelib.payments.bills import Bills
    from chalicelib.payments.counter import Counter
    from chalicelib.payments.party import PayParties
    from chalicelib.payments.service import Payments


SHOWN = ("provisional", "paid_at", "way", "receipt_no", "party")
"""What a page says of a bill, where there is anything to say."""


def _parties() -> PayParties:
    """Return the payment parties the city has a contract with."""
    from chalicelib.payments.party import PayParties
    from parties.registry import in_use, playing

    return PayParties(lambda: in_use("pay"), lambda name: playing("pay", name))


@cache
def bills() -> Bills:
    """Make what takes note of money: that came in, that never comes, that went back."""
    from chalicelib.cases.parts import cases
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.payments.bills import Bills

    return Bills(cases(), catalogue(), _parties())


@cache
def payments() -> Payments:
    """Make what asks for a fee and lets the citizen pay it."""
    from chalicelib.cases.parts import cases
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.payments.service import Payments

    return Payments(cases(), catalogue(), _parties(), bills())


@cache
def counter() -> Counter:
    """Make what takes a fee at the counter."""
    from chalicelib.cases.parts import cases
    from chalicelib.payments.counter import Counter

    return Counter(cases(), bills())


def _page(file: CaseFile, service: Service) -> dict[str, Any]:
    row = next(iter(file.of(KIND)), None)
    if row is None:
        return {"payment": None}
    shown = {"amount_fen": row.data["amount_fen"], "state": row.status, "out_trade_no": row.data.get("out_trade_no")}
    shown |= {name: row.data[name] for name in SHOWN if row.data.get(name)}
    shown |= {"until": row.data["until"][:10]} if "until" in row.data else {}
    place = service.fee.counter if service.fee else None
    return {"payment": shown | ({"counter": {"address": place.address, "hours": place.hours}} if place else {})}


def _can(file: CaseFile) -> list[str]:
    return ["pay"] if file.case.status is Status.AWAITING_PAYMENT else []


def _voids(file: CaseFile, service: Service, reason: str, now: datetime) -> tuple[list[Row], list[str]]:
    from chalicelib.payments.voiding import ended

    return ended(file, service, now)


CAPABILITY = Capability(
    steps={"collect": lambda event, now: payments().open(event["case_no"], event["token"], now)},
    rounds={"settled": lambda now: bills().settle(now)},
    tasks=(
        Kind(
            CASHIER,
            "收费",
            Role.CASHIER,
            {"approve": Choice("收款", takes=True)},
            lambda *it: counter().taken(*it),
        ),
        Kind(
            REFUND,
            "退款",
            Role.SUPERVISOR,
            {"approve": Choice("已退款", "请填写退款单号")},
            lambda *it: bills().refunded(*it),
            owed=True,
        ),
    ),
    page=_page,
    can=_can,
    voids=_voids,
)
