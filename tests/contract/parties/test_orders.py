"""Every courier on the wire: an order and its waybill, and every way it can say no, later, or nothing."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.kernel.errors import PartyFault, PartyRefused
from parties import courier as shared
from tests.contract.farend import closed_port, far_end
from tests.contract.parties.courier import PARCEL, Carriage, couriers

COURIERS = couriers()


@pytest.fixture(params=sorted(COURIERS))
def carriage(request: pytest.FixtureRequest) -> Carriage:
    return COURIERS[request.param]


def test_an_order_is_taken_and_the_waybill_read(carriage: Carriage) -> None:
    with far_end(carriage.takes, "/parties/far") as end:
        assert carriage.client(end.url).order(PARCEL) == carriage.waybill
    (asked,) = end.asked
    assert asked.method == "POST" and asked.path.startswith("/parties/far")


def test_no_is_no(carriage: Carriage) -> None:
    with far_end(carriage.refuses) as end, pytest.raises(PartyRefused) as refused:
        carriage.client(end.url).order(PARCEL)
    assert refused.value.code == "courier_refused"


@pytest.mark.parametrize("mode", [500, 503, 404, "drop", "garbage", "list"])
def test_what_is_no_answer_is_a_fault_and_tried_again(carriage: Carriage, mode: Any) -> None:
    with far_end(carriage.takes) as end, pytest.raises(PartyFault) as fault:
        end.mode = mode
        carriage.client(end.url).order(PARCEL)
    assert PARCEL.to.phone not in str(fault.value)


@pytest.mark.parametrize("body", [b"", b"{}", b"null", b'"x"', b"1"])
def test_an_answer_that_cannot_be_read_is_a_fault(carriage: Carriage, body: bytes) -> None:
    with far_end(lambda _: (200, body)) as end, pytest.raises(PartyFault):
        carriage.client(end.url).order(PARCEL)


def test_slow(carriage: Carriage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "TIMEOUT", (0.2, 0.2))
    with far_end(carriage.takes) as end, pytest.raises(PartyFault):
        end.late = 0.5
        carriage.client(end.url).order(PARCEL)


def test_nobody_listens(carriage: Carriage) -> None:
    with pytest.raises(PartyFault):
        carriage.client(closed_port()).order(PARCEL)
