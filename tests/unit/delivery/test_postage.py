"""Carriage is paid by the treasury of the same level (成办发〔2019〕36号 第13项), each parcel once, when it is posted."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.delivery import postage
from chalicelib.delivery.postage import Postage
from chalicelib.vocabulary import regions
from tests.unit.delivery.counter import Counter
from tests.unit.delivery.fakes import track
from tests.unit.samples import NOW


def sheet(counter: Counter, after: str | None = None) -> dict[str, Any]:
    return Postage(counter.cases).month("510100", "2026-07", after)


def test_a_parcel_is_booked_when_it_is_posted_and_once_however_often_that_is_told() -> None:
    counter = Counter("courier")
    counter.made()
    assert sheet(counter)["count"] == 0, "an order is no carriage"
    for _ in range(2):
        counter.tell(track("taken"), track("passed", 3))
    found = sheet(counter)
    assert (found["count"], found["sum_fen"], found["unpriced"]) == (1, 1200, 0)
    (parcel,) = found["parcels"]
    assert (parcel["order_no"], parcel["payer_level"], parcel["payer_org"]) == (
        f"{counter.case_no}S1",
        "3",
        "成都市财政",
    )
    assert (parcel["case_no"], parcel["department_name"], parcel["carrier"]) == (
        counter.case_no,
        "市城管委",
        "城市快递",
    )


def test_one_sent_again_is_paid_again() -> None:
    counter = Counter("courier")
    counter.posted()
    counter.tell(track("back", 5))
    counter.decide("returned", outcome="resend")
    counter.decide("handover")
    assert (sheet(counter)["count"], sheet(counter)["sum_fen"]) == (2, 2400)


def test_what_no_tariff_tells_is_counted_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    counter = Counter("courier")
    monkeypatch.setattr(counter.post, "cost", lambda parcel: None)
    counter.posted()
    assert (sheet(counter)["count"], sheet(counter)["sum_fen"], sheet(counter)["unpriced"]) == (1, 0, 1)


def test_every_page_is_read_to_the_end_and_none_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postage, "PAGE", 2)
    counter = Counter("courier")
    counter.posted()
    (first,) = counter.cases.rows(postage.sheet("510100", "2026-07", int(counter.case_no[-2:]) % 4), "")
    for number in range(6):
        copy = first.with_(case_no=postage.sheet("510100", "2026-07", number % 4), key=f"51000000000{number}S1", rev=0)
        counter.cases.keep(copy)
    seen: list[str] = []
    after = None
    while True:
        page = sheet(counter, after)
        seen += [each["order_no"] for each in page["parcels"]]
        after = page.get("next")
        if not after:
            break
    assert len(seen) == len(set(seen)) == 7 == sheet(counter)["count"]


def test_each_month_and_each_treasury_has_its_own() -> None:
    counter = Counter("courier")
    counter.posted()
    books = Postage(counter.cases)
    assert books.month("510100", "2026-06")["count"] == books.month("510104", "2026-07")["count"] == 0
    assert NOW.month == 7


@pytest.mark.parametrize(
    ("region", "level", "treasury"),
    [
        ("510100", "3", "成都市财政"),
        ("510104", "4", "锦江区财政"),
        ("510104000000", "4", "锦江区财政"),
        ("510104001000", "5", "锦江区（510104001000）财政"),
        ("510104001002", "6", "锦江区（510104001002）财政"),
    ],
)
def test_the_treasury_is_of_the_level_that_sends(region: str, level: str, treasury: str) -> None:
    """GB/T 39046-2020 A.2."""
    assert (regions.level(region), regions.treasury(region)) == (level, treasury)
