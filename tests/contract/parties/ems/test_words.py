"""EMS's words: what goes back or is lost is told by 妥投 and 未妥投 alike, in the description."""

from __future__ import annotations

import pytest

from chalicelib.delivery.model import KEY
from tests.contract.parties.courier import Road
from tests.contract.parties.ems.far import CARRIAGE


@pytest.mark.parametrize(
    ("action", "description", "state"),
    [
        ("20", "未妥投，收件人不在", "failed"),
        ("20", "未妥投，多次投递无人签收，退回寄件人", "returned"),
        ("10", "退回妥投，寄件人签收", "returned"),
        ("20", "快件遗失，请联系寄件人", "making"),
        ("10", "已签收，本人签收", "delivered"),
        ("30", "快件退回途中", "moving"),
    ],
)
def test_what_will_not_arrive_is_known_by_its_words(action: str, description: str, state: str) -> None:
    way = Road(CARRIAGE)
    assert way.push(CARRIAGE.told("moving"), CARRIAGE.told("moving", 30, action=action, description=description))
    assert way.row(KEY).status == state


def test_a_waybill_whose_check_digit_is_wrong_is_refused() -> None:
    way = Road(CARRIAGE)
    answer = way.post(CARRIAGE.push([CARRIAGE.told("moving", waybill="LK434266004CN")]))
    assert answer.status == 400 and "mailnum" in answer.body
