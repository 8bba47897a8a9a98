"""What a refund and a day's bill of WeChat Pay alone have: fields on the wire, and every way a bill can be spoiled."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from chalicelib.kernel.errors import PartyFault, PartyRefused
from chalicelib.payments.party import RefundOrder
from parties.wechat_pay.bill import lines, unpacked
from tests.contract.farend import FarEnd, far_end
from tests.contract.parties.payee import BILL
from tests.contract.parties.wechat_pay.far import PAYEE, SETTINGS, bill, bill_text, play
from tests.unit.samples import NOW

DAY = NOW.date()
ORDER = RefundOrder("510123456789R1", "4200001", 3000, 8000, "撤回申请" * 30)


@pytest.fixture
def far() -> Iterator[FarEnd]:
    with far_end(PAYEE.plays["back"], "/parties/far") as end:
        yield end


def test_a_refund_as_it_is_asked_for(far: FarEnd) -> None:
    PAYEE.client("wechat_pay", far.url).refund(ORDER)
    (asked,) = far.asked
    body = json.loads(asked.body)
    assert (asked.method, asked.path) == ("POST", "/parties/far/v3/refund/domestic/refunds")
    assert body["amount"] == {"refund": 3000, "total": 8000, "currency": "CNY"} and len(body["reason"]) == 80
    assert (body["out_refund_no"], body["transaction_id"]) == ("510123456789R1", "4200001")
    assert body["notify_url"] == SETTINGS["notify_url"]


def test_no_balance_is_said_so_that_somebody_can_do_something(far: FarEnd) -> None:
    far.play = play(403, {"code": "NOT_ENOUGH", "message": "基本账户余额不足"})
    with pytest.raises(PartyRefused, match="余额不足"):
        PAYEE.client("wechat_pay", far.url).refund(ORDER)


def test_the_bill_is_asked_for_by_its_day_packed(far: FarEnd) -> None:
    far.play = PAYEE.plays["bill"]
    assert PAYEE.client("wechat_pay", far.url).bill(DAY) == list(BILL)
    applied, fetched = far.asked
    assert applied.query == "bill_date=2026-07-01&bill_type=ALL&tar_type=GZIP"
    assert fetched.path.endswith("/v3/billdownload/file") and "authorization" in fetched.headers


@pytest.mark.parametrize("packed", [True, False])
def test_packed_or_not(far: FarEnd, packed: bool) -> None:
    far.play = bill(bill_text(), packed=packed)
    assert PAYEE.client("wechat_pay", far.url).bill(DAY) == list(BILL)


def test_it_may_begin_with_a_mark_of_its_encoding() -> None:
    import hashlib

    body = ("\ufeff" + bill_text()).encode()
    assert list(lines(unpacked(body, hashlib.sha1(body).hexdigest().upper()))) == list(BILL)


def test_one_column_more_or_in_another_place_does_no_harm() -> None:
    rows = [row.split(",") for row in bill_text(BILL[:1]).splitlines()]
    moved = [[row[-1], *row[:-1], "`x" if row[0].startswith("`") else "新的一列"] for row in rows[:2]]
    assert list(lines("\n".join(",".join(row) for row in [*moved, *rows[2:]]))) == [BILL[0]]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "交易时间,商户订单号\n",
        '{"code": "SYSTEM_ERROR"}',
        bill_text().split("总交易单数")[0],
        bill_text().replace("`80.00", "`many"),
    ],
)
def test_what_is_no_whole_bill_is_none(text: str) -> None:
    with pytest.raises(PartyFault):
        list(lines(text))


@pytest.mark.parametrize("body", [b"", b"\x1f\x8b not packed", b"plain"])
def test_what_is_not_what_its_digest_says(body: bytes) -> None:
    with pytest.raises(PartyFault):
        unpacked(body, "0" * 40)


@pytest.mark.parametrize("answer", [(200, {}), (200, {"download_url": "http://127.0.0.1:9/elsewhere"})])
def test_a_bill_that_is_nowhere_is_a_fault(far: FarEnd, answer: tuple[int, object]) -> None:
    far.play = play(*answer)
    with pytest.raises(PartyFault):
        PAYEE.client("wechat_pay", far.url).bill(DAY)
