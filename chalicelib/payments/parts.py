"""Paying, put together: the workflow's step, the rounds that ask after orders, refunds and bills, the tasks of money that goes back."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.capability import Capability
from chalicelib.payments.model import CASHIER, KIND, REFUND, WRONG_AMOUNT
from chalicelib.tasks.model import Choice, Kind
from chalicelib.vocabulary.roles import Role
from chalicelib.vocabulary.statuses import Status

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.cases.model import CaseFile, Row
    from chalicelib.catalogue.model import Service
    from chalicelib.payments.bills import Bills
    from chalicelib.payments.counter import Counter
    from chalicelib.payments.gaps import Gaps
    from chalicelib.payments.ledger import Ledger
    from chalicelib.payments.model import Money
    from chalicelib.payments.party import Back, PayParties
    from chalicelib.payments.refunds import Refunds
    from chalicelib.payments.returning import Returning
    from chalicelib.payments.service import Payments
    from chalicelib.payments.wrong import WrongAmounts


SHOWN = ("provisional", "paid_at", "way", "receipt_no", "party")
"""What a page says of a bill, where there is anything to say."""


def _parties() -> PayParties:
    """Return the payment parties the city has a contract with."""
    from chalicelib.payments.party import PayParties
    from parties.registry import contracted, in_use, playing

    return PayParties(lambda: in_use("pay"), lambda name: playing("pay", name), lambda: contracted("pay"))


@cache
def gaps() -> Gaps:
    """Make what keeps what bill, order and case do not agree on."""
    from chalicelib.cases.parts import cases
    from chalicelib.payments.gaps import Gaps

    return Gaps(cases())


@cache
def refunds() -> Refunds:
    """Make what gives money back."""
    from chalicelib.cases.parts import cases
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.payments.refunds import Refunds

    return Refunds(cases(), catalogue(), _parties())


@cache
def returning() -> Returning:
    """Make what brings refunds to their parties and back."""
    from chalicelib.cases.parts import cases
    from chalicelib.payments.returning import Returning

    return Returning(cases(), _parties(), gaps())


@cache
def wrong_amounts() -> WrongAmounts:
    """Make what looks into money of another amount."""
    from chalicelib.cases.parts import cases
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.payments.wrong import WrongAmounts

    return WrongAmounts(cases(), catalogue(), refunds())


@cache
def bills() -> Bills:
    """Make what takes note of money: that came in, that never comes, that is to go back."""
    from chalicelib.cases.parts import cases
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.payments.bills import Bills

    return Bills(cases(), catalogue(), _parties(), gaps())


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


@cache
def ledger() -> Ledger:
    """Make what holds the parties' bills against what we know."""
    from chalicelib.cases.parts import cases
    from chalicelib.payments.ledger import Ledger

    return Ledger(cases(), _parties(), bills(), returning(), gaps())


def told(what: Money | Back | None, now: datetime) -> None:
    """Take note of what a payment party tells: money that came in, how a refund stands, or something that is neither."""
    from chalicelib.payments.party import Back

    if isinstance(what, Back):
        returning().told(what, now)
    elif what is not None:
        bills().paid(what, now)


def overpaid(file: CaseFile, service: Service, private: dict[str, Any], now: datetime) -> tuple[list[Row], list[str]]:
    """Return what goes back where what is on record says otherwise than what the fee was counted by (多退)."""
    from chalicelib.cases.fee import assessed

    return refunds().overpaid(file, assessed(service, private).total_fen, now)


def _page(file: CaseFile, service: Service) -> dict[str, Any]:
    from chalicelib.payments import refund_model

    row = next(iter(file.of(KIND)), None)
    if row is None:
        return {"payment": None}
    shown = {"amount_fen": row.data["amount_fen"], "state": row.status, "out_trade_no": row.data.get("out_trade_no")}
    shown["refunds"] = [refund_model.present(each) for each in file.of(refund_model.KIND)]
    shown |= {name: row.data[name] for name in SHOWN if row.data.get(name)}
    shown |= {"until": row.data["until"][:10]} if "until" in row.data else {}
    place = service.fee.counter if service.fee else None
    return {"payment": shown | ({"counter": {"address": place.address, "hours": place.hours}} if place else {})}


def _can(file: CaseFile) -> list[str]:
    return ["pay"] if file.case.status is Status.AWAITING_PAYMENT else []


def _voids(file: CaseFile, service: Service, reason: str, now: datetime) -> tuple[list[Row], list[str]]:
    from chalicelib.payments.voiding import ended

    return ended(file, refunds(), reason, now)


CAPABILITY = Capability(
    steps={"collect": lambda event, now: payments().open(event["case_no"], event["token"], now)},
    rounds={
        "settled": lambda now: bills().settle(now),
        "refunded": lambda now: returning().run(now),
        "balanced": lambda now: ledger().run(now),
    },
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
            {"approve": Choice("已退款", "请填写退付凭证号"), "retry": Choice("重新退款")},
            lambda *it: refunds().follow(*it),
            owed=True,
        ),
        Kind(
            WRONG_AMOUNT,
            "金额核对",
            Role.SUPERVISOR,
            {"approve": Choice("退回这笔钱"), "reject": Choice("没有收到", "请写明怎样核对的，如商户平台查无此笔")},
            lambda *it: wrong_amounts().follow(*it),
            owed=True,
        ),
    ),
    page=_page,
    can=_can,
    voids=_voids,
)
