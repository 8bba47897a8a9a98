"""Where a fee is paid: inside the app, by a code, on a phone's browser; and until when."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.cases.rights import Asker
from chalicelib.kernel import workdays
from chalicelib.kernel.clock import SHANGHAI
from chalicelib.kernel.errors import InvalidInput
from chalicelib.payments import model
from chalicelib.payments.model import Order
from chalicelib.vocabulary.statuses import Status
from tests.unit.decided import OWNER, PHONE
from tests.unit.payments.fakes import Till
from tests.unit.samples import NOW

MOBILE = f"tel:{PHONE}"


def ask(till: Till, sender: str, scene: Any = None, at: datetime = NOW, ip: str = "171.88.1.2") -> dict[str, Any]:
    return till.payments.pay(till.case_no, Asker.talking(sender), at, scene, ip)


@pytest.mark.parametrize(
    ("sender", "scene", "has"),
    [
        (OWNER, None, "params"),
        (OWNER, "jsapi", "params"),
        (OWNER, "native", "code_url"),
        (OWNER, "h5", "h5_url"),
        (MOBILE, None, "code_url"),
        (MOBILE, "native", "code_url"),
        (MOBILE, "h5", "h5_url"),
    ],
)
def test_each_scene_has_what_is_paid_by_there(sender: str, scene: str | None, has: str) -> None:
    till = Till()
    answer = ask(till, sender, scene)
    assert {"params", "code_url", "h5_url"} & set(answer) == {has}
    assert answer["scene"] == {"params": "jsapi", "code_url": "native", "h5_url": "h5"}[has]
    assert answer["until"] == "2026-07-31"
    placed = till.books.orders[answer["out_trade_no"]]
    assert (placed.user, placed.ip) == (OWNER[3:] if has == "params" else "", "171.88.1.2" if has == "h5_url" else "")


def test_who_is_not_in_the_app_cannot_pay_inside_it() -> None:
    till = Till()
    with pytest.raises(InvalidInput) as refused:
        ask(till, MOBILE, "jsapi")
    assert [fault.path for fault in refused.value.fields] == ["scene"] and not till.books.orders


def test_a_party_that_has_no_page_for_phones_is_not_asked_for_one() -> None:
    till = Till()
    till.books.scenes = ("native",)
    with pytest.raises(InvalidInput):
        ask(till, MOBILE, "h5")
    assert ask(till, OWNER)["code_url"]


def test_another_scene_closes_the_order_before_and_the_same_is_the_same_order() -> None:
    till = Till()
    first = ask(till, OWNER, "h5")
    again = ask(till, OWNER, "h5", NOW + timedelta(minutes=10))
    assert again["out_trade_no"] == first["out_trade_no"] and again["h5_url"] != first["h5_url"], "an address anew"
    assert ask(till, OWNER, "native")["out_trade_no"].endswith("P2")
    assert till.books.closed == {first["out_trade_no"]}
    assert ask(till, OWNER, "h5")["out_trade_no"].endswith("P3")


def test_a_phone_in_another_network_gets_an_order_of_its_own() -> None:
    till = Till()
    first = ask(till, MOBILE, "h5")
    assert ask(till, MOBILE, "h5", ip="110.1.1.1")["out_trade_no"] != first["out_trade_no"]
    assert till.books.closed == {first["out_trade_no"]}
    assert "110.1.1.1" not in str(till.bill.data), "where somebody is, is not kept"


@pytest.mark.parametrize(("ticket", "scene"), [("wx1", "jsapi"), ("", "native")])
def test_an_order_that_does_not_say_where_it_is_paid_is_of_the_two_there_were(ticket: str, scene: str) -> None:
    old = Order("1P1", "hash", NOW, NOW, ticket).data()
    del old["scene"]
    assert Order.read(old).scene == scene


# — until when —


@pytest.mark.parametrize(
    ("made", "until"),
    [
        ("2026-09-22T10:00", "2026-10-22"),
        ("2026-07-02T00:00", "2026-08-03"),  # the thirtieth day is a Saturday
        ("2026-09-01T23:59", "2026-10-08"),  # the thirtieth day is in 国庆
        ("2026-07-01T23:59", "2026-07-31"),
    ],
)
def test_articles_201_to_203_the_last_day_to_pay_is_whole_and_no_day_off(made: str, until: str) -> None:
    """《民法典》第201条: the first day is not counted, the last ends at 24:00; 第203条: a day off moves to the next working day."""
    moment = datetime.fromisoformat(made).replace(tzinfo=SHANGHAI)
    last = model.last_day(moment)
    assert last.day.isoformat() == until
    assert model.over(until) == datetime.combine(last.day + timedelta(days=1), datetime.min.time(), SHANGHAI)
    assert model.over(f"{until}T10:00:00.000+08:00") == model.over(until), "as it stood in bills before"


def test_it_is_told_wherever_money_is_asked_for() -> None:
    till = Till()
    event = till.file.events[-1]
    assert event.text == "请在2026年7月31日24时前缴费80.00元" and event.data["until"] == "2026-07-31"
    till.order(at=datetime(2026, 7, 31, 23, 50, tzinfo=SHANGHAI))
    assert till.bill.status == "paying"


def test_a_last_day_that_became_a_day_off_moves_on_before_anything_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    till = Till()
    off = workdays.is_workday
    monkeypatch.setattr(workdays, "is_workday", lambda day: day.isoformat() != "2026-07-31" and off(day))
    till.bills.settle(datetime(2026, 8, 1, tzinfo=SHANGHAI))
    assert till.bill.data["until"] == "2026-08-03" and till.at(Status.AWAITING_PAYMENT)
    till.bills.settle(datetime(2026, 8, 4, tzinfo=SHANGHAI))
    assert till.at(Status.LAPSED)
