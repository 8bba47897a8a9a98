"""POST /channels/pay/wechat/notify with bodies really signed and sealed, down to the bill."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.payments.bills import Bills
from chalicelib.payments.model import KEY
from chalicelib.payments.party import OrderRequest, PayParties, Placed
from chalicelib.payments.service import Payments
from chalicelib.vocabulary.statuses import Status
from handlers.callbacks import take
from parties.wechat_pay.client import WechatPay
from parties.wechat_pay.notify import Notify
from parties.wire import Inbound, Outbound
from tests.contract.parties.wechat_pay.far import letter, settings, signed
from tests.unit.decided import OWNER, Decided
from tests.unit.samples import NOW


class Offline(WechatPay):
    """The real party, but for the call that places an order."""

    def place(self, order: OrderRequest) -> Placed:
        return Placed(ticket="wx201410272009395522657")


@dataclass
class Road:
    """A case that waits for its money, and the way a notice takes to it."""

    till: Decided
    bills: Bills
    notify: Notify

    def told(self, **changes: Any) -> dict[str, Any]:
        return {
            "appid": settings()["appid"],
            "mchid": settings()["mchid"],
            "out_trade_no": f"{self.till.case_no}P1",
            "transaction_id": "4200001",
            "trade_state": "SUCCESS",
            "success_time": "2026-07-01T09:35:00+08:00",
            "amount": {"total": 8000, "payer_total": 8000, "currency": "CNY"},
            "payer": {"openid": OWNER[3:]},
            **changes,
        }

    def post(self, inbound: Inbound, now: datetime = NOW) -> Outbound:
        """Do what the route does."""
        return take(self.notify, self.bills.paid, inbound, now, "wechat_pay")


@pytest.fixture
def road() -> Road:
    till, wechat = Decided(), Offline(settings())
    parties = PayParties(lambda: "wechat_pay", lambda name: wechat)
    bills = Bills(till.cases, till.services, parties)
    payments = Payments(till.cases, till.services, parties, bills)
    payments.open(till.case_no, "t1", NOW)
    payments.pay(till.case_no, OWNER, NOW)
    return Road(till, bills, Notify(settings()))


def test_paid_and_told_three_times(road: Road) -> None:
    inbound = signed(letter(road.told()))
    for _ in range(3):
        answer = road.post(inbound)
        assert (answer.status, answer.body) == (204, "")
    bill = road.till.row(KEY)
    assert (bill.status, bill.outcome, bill.data["transaction_id"]) == ("paid", "paid", "4200001")
    assert bill.data["paid_at"] == "2026-07-01T09:35:00.000+08:00"
    assert road.till.at(Status.PRODUCING) and road.till.events.count("paid") == 1


def test_a_notice_of_something_else_comes_first_and_changes_nothing(road: Road) -> None:
    for event_type, state in (("REFUND.SUCCESS", "SUCCESS"), ("TRANSACTION.SUCCESS", "NOTPAY")):
        assert road.post(signed(letter(road.told(trade_state=state), event_type))).status == 204
    assert road.till.at(Status.AWAITING_PAYMENT)
    assert road.post(signed(letter(road.told()))).status == 204
    assert road.till.at(Status.PRODUCING)


def test_money_after_the_case_ended_is_taken_and_kept_for_refund(road: Road) -> None:
    road.till.move(Status.VOID)
    assert road.post(signed(letter(road.told()))).status == 204
    assert road.till.events[-1] == "refund_due" and road.till.case.status is Status.VOID


OLD, EARLY, EDGE = (NOW - timedelta(seconds=301), NOW + timedelta(seconds=301), NOW - timedelta(seconds=300))
REFUSED: dict[str, tuple[int, Any]] = {
    "stale": (401, lambda road: signed(letter(road.told()), OLD)),
    "early": (401, lambda road: signed(letter(road.told()), EARLY)),
    "signed by a stranger": (401, lambda road: signed(letter(road.told()), who="stranger")),
    "another serial": (401, lambda road: signed(letter(road.told()), headers={"wechatpay-serial": "5157F09E"})),
    "no serial": (401, lambda road: signed(letter(road.told()), headers={"wechatpay-serial": ""})),
    "no time": (401, lambda road: signed(letter(road.told()), headers={"wechatpay-timestamp": ""})),
    "time no number": (401, lambda road: signed(letter(road.told()), headers={"wechatpay-timestamp": "soon"})),
    "no signature": (401, lambda road: signed(letter(road.told()), headers={"wechatpay-signature": ""})),
    "signature no base64": (401, lambda road: signed(letter(road.told()), headers={"wechatpay-signature": "%%"})),
    "another way of signing": (
        401,
        lambda road: signed(letter(road.told()), headers={"wechatpay-signature-type": "WECHATPAY2-SM2"}),
    ),
    "sealed with another key": (401, lambda road: signed(letter(road.told(), key="x" * 32))),
    "another nonce": (401, lambda road: signed(letter(road.told()), headers={"wechatpay-nonce": "0" * 32})),
    "wrong amount": (400, lambda road: signed(letter(road.told(amount={"total": 1, "currency": "CNY"})))),
    "amount no number": (400, lambda road: signed(letter(road.told(amount={"total": "8000"})))),
    "no amount": (400, lambda road: signed(letter(road.told(amount=None)))),
    "other currency": (400, lambda road: signed(letter(road.told(amount={"total": 8000, "currency": "USD"})))),
    "other merchant": (400, lambda road: signed(letter(road.told(mchid="1900000002")))),
    "other app": (400, lambda road: signed(letter(road.told(appid="wx0")))),
    "no time of payment": (400, lambda road: signed(letter(road.told(success_time="yesterday")))),
    "amount true": (400, lambda road: signed(letter(road.told(amount={"total": True})))),
    "no time on earth": (400, lambda road: signed(letter(road.told(success_time="9999-12-31T23:59:59-08:00")))),
    "no number of theirs": (400, lambda road: signed(letter(road.told(transaction_id="")))),
    "number of theirs no text": (400, lambda road: signed(letter(road.told(transaction_id=None)))),
    "unknown case": (404, lambda road: signed(letter(road.told(out_trade_no="000000000000P1")))),
    "unknown attempt": (404, lambda road: signed(letter(road.told(out_trade_no=f"{road.till.case_no}P2")))),
    "no number of ours": (404, lambda road: signed(letter(road.told(out_trade_no="' or 1=1")))),
    "no JSON": (400, lambda road: signed(b"paid, believe me")),
    "empty": (400, lambda road: signed(b"")),
    "a list": (400, lambda road: signed(b"[]")),
    "no resource": (401, lambda road: signed(b'{"resource_type": "encrypt-resource"}')),
    "other algorithm": (
        400,
        lambda road: signed(b'{"resource_type":"encrypt-resource","resource":{"algorithm":"NONE"}}'),
    ),
    "no UTF-8": (415, lambda road: signed(b"\xff\xfe")),
    "too large": (413, lambda road: signed(b" " * 70_000)),
    "deep": (400, lambda road: signed(b"[" * 60_000)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_fail_and_nothing_written(road: Road, name: str) -> None:
    status, make = REFUSED[name]
    before = road.till.file
    answer = road.post(make(road))
    assert answer.status == status
    assert json.loads(answer.body)["code"] == "FAIL" and json.loads(answer.body)["message"]
    assert road.till.file == before
    assert road.post(signed(letter(road.told()))).status == 204 and road.till.row(KEY).status == "paid"


def test_five_minutes_old_is_just_fresh_and_a_missing_type_is_the_usual_one(road: Road) -> None:
    assert road.post(signed(letter(road.told()), EDGE, headers={"wechatpay-signature-type": ""})).status == 204


def test_wechat_s_own_probe_fails(road: Road) -> None:
    good = signed(letter(road.told()))
    probe = "WECHATPAY/SIGNTEST/" + good.headers["wechatpay-signature"][19:]
    assert (
        road.post(Inbound("POST", good.path, {**good.headers, "wechatpay-signature": probe}, {}, good.body)).status
        == 401
    )


def test_a_changed_body_is_refused(road: Road) -> None:
    good = signed(letter(road.told()))
    assert road.post(Inbound("POST", good.path, good.headers, {}, good.body + b" ")).status == 401
