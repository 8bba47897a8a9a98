"""What EMS alone does in its pushes: it names what it must push again, and takes records back."""

from __future__ import annotations

import json

from tests.contract.parties.courier import Road
from tests.contract.parties.ems.far import CARRIAGE


def test_unknown_waybills_are_named() -> None:
    answer = Road(CARRIAGE).post(CARRIAGE.push([CARRIAGE.told(waybill=CARRIAGE.stranger), CARRIAGE.told()]))
    told = json.loads(answer.body)["response"]
    assert (answer.status, told["success"], told["failmailnums"]) == (200, "0", CARRIAGE.stranger)


def test_a_refusal_says_why() -> None:
    told = json.loads(Road(CARRIAGE).post(CARRIAGE.push([CARRIAGE.told(effect="2")])).body)["response"]
    assert told["success"] == "0" and "effect" in told["remark"]


def test_a_record_taken_back_is_accepted_and_forgotten() -> None:
    way = Road(CARRIAGE)
    before = way.file
    assert way.push(CARRIAGE.told("delivered", effect="0")) and way.file == before


def test_the_reason_is_what_ems_says() -> None:
    way = Road(CARRIAGE)
    way.push(CARRIAGE.told("failed"))
    assert "收件人不在" in way.file.events[-1].text
