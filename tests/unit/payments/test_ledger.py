"""The bill of a day beside what we know: seven kinds of gaps, each once, the day closed with the last of them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel import log
from chalicelib.kernel.errors import Conflict, NotFound
from chalicelib.payments.gap_model import gap_place
from chalicelib.payments.ledger import wanted
from chalicelib.payments.ledger_model import DAY, newest, part
from tests.unit.payments.balance import ACCOUNTS, MORNING, TODAY, WHERE, day, gaps, line, settled
from tests.unit.payments.fakes import money
from tests.unit.samples import NOW


def test_bill_order_and_case_agree_and_the_day_is_closed() -> None:
    till = settled()
    till.ledger.run(MORNING - timedelta(minutes=1))
    assert till.cases.row(WHERE, DAY) is None, "before ten the bill is not there"
    till.ledger.run(MORNING)
    assert (day(till).status, day(till).data["lines"], day(till).data["came_fen"]) == ("closed", 1, 8000)
    before = day(till)
    till.ledger.run(MORNING + timedelta(hours=1))
    wanted(till.cases, "books", TODAY, MORNING)
    till.ledger.run(MORNING + timedelta(hours=1))
    assert day(till) == before and not gaps(till), "a second run changes nothing"


def test_a_bill_that_cannot_be_fetched_is_fetched_again_until_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    till, told = settled(), list[str]()
    monkeypatch.setattr(log, "metric", lambda name, value, **about: told.append(name))
    till.books.down = True
    till.ledger.run(MORNING)
    assert told == ["BillMissing"]
    assert (day(till).status, day(till).data["tries"]) == ("waiting", 1)
    till.books.down = False
    till.ledger.run(MORNING + timedelta(minutes=29))
    assert day(till).status == "waiting"
    wanted(till.cases, "books", TODAY - timedelta(days=40), MORNING)
    till.ledger.run(MORNING + timedelta(minutes=30))
    assert day(till).status == "closed" and day(till, part("books", TODAY - timedelta(days=40))).status == "closed"


def test_days_on_which_the_system_was_down_are_fetched_yet_and_not_those_before_it_began() -> None:
    till = settled()
    till.ledger.run(MORNING)
    assert till.cases.row(part("books", TODAY - timedelta(days=1)), DAY) is None
    till.ledger.run(MORNING + timedelta(days=3))
    assert all(day(till, part("books", TODAY + timedelta(days=n))).status == "closed" for n in range(4))


def test_the_last_gap_settled_closes_the_day_and_nobody_settles_one_twice() -> None:
    till = settled()
    till.books.lines = [line("8", trade="a"), line("9", trade="b")]
    till.ledger.run(MORNING)
    page = till.ledger.page(MORNING)
    assert sorted(gap["kind"] for gap in page["gaps"]) == ["long", "long", "short"]
    assert all(gap["due"] == "2026-07-07" for gap in page["gaps"])
    for number, gap in enumerate(page["gaps"], 1):
        assert day(till).status == "open"
        said = till.ledger.settle(gap["gap_id"], ACCOUNTS, "explained", "查明了", MORNING)
        assert (said["how"], said["settled_by"]) == ("explained", "会计")
        assert len(till.ledger.page(MORNING)["gaps"]) == 3 - number
    assert day(till).status == "closed" and day(till).desk is None
    with pytest.raises(Conflict, match="会计"):
        till.ledger.settle(page["gaps"][0]["gap_id"], ACCOUNTS, "explained", "再来", MORNING)
    (shown,) = till.ledger.page(MORNING)["days"]
    assert (shown["state"], shown["gaps"], shown["open"]) == ("closed", 3, 0)


def test_a_gap_found_late_opens_the_day_again() -> None:
    till = settled()
    till.ledger.run(MORNING)
    till.bills.paid(money("nobody's", "77"), MORNING)
    assert day(till).status == "open" and gaps(till) == [("long", "77")]
    till.ledger.settle(till.ledger.page(MORNING)["gaps"][0]["gap_id"], ACCOUNTS, "returned", "已退", MORNING)
    assert day(till).status == "closed"


def test_a_day_left_open_by_a_fault_is_closed_by_the_clock() -> None:
    till = settled()
    till.books.lines = [line("42001", trade=till.bill.data["out_trade_no"]), line("9")]
    till.ledger.run(MORNING)
    (gap,) = till.cases.rows(WHERE, "gap#")
    till.cases.keep(gap.with_(status="done", desk=None, due=None))
    till.ledger.run(MORNING + timedelta(days=1))
    assert day(till).status == "closed"


@pytest.mark.parametrize("gap", ["", "x", "books.2026-07-01.long", "books.never.long.1", "books.2026-07-01.long.none"])
def test_a_gap_there_is_not(gap: str) -> None:
    with pytest.raises(NotFound):
        settled().ledger.settle(gap, ACCOUNTS, "explained", "没有", MORNING)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)))
def test_the_newest_day_is_over_for_ten_hours_at_least(at: datetime) -> None:
    moment = at.replace(tzinfo=NOW.tzinfo)
    over = datetime.combine(newest(moment) + timedelta(days=1), datetime.min.time(), NOW.tzinfo)
    assert timedelta(hours=10) <= moment - over < timedelta(hours=34)


def test_an_id_of_a_gap_leads_to_its_row() -> None:
    assert gap_place("wechat_pay.2026-07-01.long.42*|_-1") == ("ledger#wechat_pay#2026-07-01", "gap#long#42*|_-1")
