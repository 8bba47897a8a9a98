"""The workflows of a case over a Step Functions client in memory: begun once, woken once, found when they were lost."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.cases.desks import round_desk
from chalicelib.cases.model import OWED, Event, Row
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status
from chalicelib.workflows.model import owes
from chalicelib.workflows.service import GONE
from tests.unit.samples import NOW
from tests.unit.workflows.fakes import APPROVAL, DELIVERY, PAYMENT, RATING, Engine, Refused

# — begin —


def test_a_new_head_begins_approval_with_the_stages_of_its_service() -> None:
    engine = Engine()
    engine.hear(engine.head)
    assert engine.client.started == {
        (APPROVAL, engine.case_no): {
            "case_no": engine.case_no,
            "stages": [
                {"id": "accept", "departments": ["zwzx"]},
                {"id": "review", "departments": ["cgw", "gaj"]},
                {"id": "decide", "departments": ["cgw"]},
            ],
        }
    }


@pytest.mark.parametrize(
    ("event", "facts", "arn"),
    [
        (EventName.GRANTED, {"fee_fen": 8000}, PAYMENT),
        (EventName.GRANTED, {"fee_fen": 0}, DELIVERY),
        (EventName.PAID, {}, DELIVERY),
        (EventName.DENIED, {}, RATING),
        (EventName.NOT_ACCEPTED, {}, RATING),
        (EventName.ACCEPTED, {}, None),
        (EventName.DELIVERED, {}, None),
        (EventName.RATED, {}, None),
    ],
)
def test_each_event_begins_what_it_calls_for(event: EventName, facts: dict[str, Any], arn: str | None) -> None:
    engine = Engine()
    engine.happens(event, **facts)
    assert engine.client.started == ({(arn, engine.case_no): {"case_no": engine.case_no}} if arn else {})


def test_told_again_it_is_begun_once_and_a_changed_head_begins_nothing() -> None:
    engine = Engine()
    for _ in range(3):
        engine.hear(engine.head)
    engine.hear(engine.head, {**engine.head, "status": "submitted"})
    assert engine.started == [(APPROVAL, "")] and not engine.client.woken


def test_an_engine_that_is_down_is_told_to_the_stream() -> None:
    engine = Engine()
    engine.client.faults = [Refused("ThrottlingException")]
    with pytest.raises(Refused):
        engine.hear(engine.head)
    engine.hear(engine.head)
    assert engine.started == [(APPROVAL, "")]


# — wake —

BARE: dict[str, Any] = {"sk": "task#accept#zwzx#1"}
TOKEN, OUTCOME = {"token": "t1"}, {"outcome": "approve"}


@pytest.mark.parametrize("first", [TOKEN, OUTCOME])
def test_token_and_outcome_wake_it_in_either_order_once(first: dict[str, Any]) -> None:
    engine = Engine()
    before, half, whole = BARE, BARE | first, BARE | TOKEN | OUTCOME
    engine.hear(before)
    engine.hear(half, before)
    assert not engine.client.woken
    engine.hear(whole, half)
    assert engine.client.woken == [("t1", {"outcome": "approve"})]
    engine.hear(whole | {"rev": "9"}, whole)
    assert len(engine.client.woken) == 1


def test_a_row_written_with_both_wakes_at_once_and_a_new_token_again() -> None:
    engine = Engine()
    whole = BARE | TOKEN | OUTCOME
    engine.hear(whole)
    engine.hear(whole | {"token": "t2"}, whole)
    assert [token for token, _ in engine.client.woken] == ["t1", "t2"]


def test_what_the_row_puts_out_is_heard_but_the_outcome_is_the_rows_own() -> None:
    engine = Engine()
    data = json.dumps({"output": {"closes_at": "2026-07-16", "outcome": "another"}, "secret": 1})
    engine.hear(BARE | TOKEN | OUTCOME | {"data": data})
    assert engine.client.woken == [("t1", {"closes_at": "2026-07-16", "outcome": "approve"})]


@pytest.mark.parametrize("code", GONE)
def test_a_token_that_is_gone_does_no_harm(code: str) -> None:
    engine = Engine()
    engine.client.faults = [Refused(code)]
    engine.hear(BARE | TOKEN | OUTCOME)
    assert not engine.client.woken


@pytest.mark.parametrize("fault", [Refused("ThrottlingException"), Refused("InvalidOutput"), OSError("down")])
def test_any_other_fault_is_raised_to_be_tried_again(fault: Exception) -> None:
    engine = Engine()
    engine.client.faults = [fault]
    with pytest.raises(type(fault)):
        engine.hear(BARE | TOKEN | OUTCOME)


# — once a minute —


def test_what_the_stream_lost_is_begun_a_minute_later_and_only_while_it_is_owed() -> None:
    engine = Engine()
    assert engine.case.desk == round_desk(OWED, engine.case.case_no)
    assert engine.sweep(NOW + timedelta(seconds=59)) == 0
    assert engine.sweep(NOW + timedelta(seconds=60)) == 1
    assert engine.started == [(APPROVAL, "")]
    assert engine.sweep(NOW + timedelta(seconds=120)) == 1, "until its first step has taken it off the desk"
    engine.cases.amend(engine.case, desk=None, due=None)
    assert engine.sweep(NOW + timedelta(seconds=180)) == 0


@pytest.mark.parametrize(
    ("status", "facts", "arn"),
    [(Status.GRANTED, {"fee_fen": 8000}, PAYMENT), (Status.GRANTED, {}, DELIVERY), (Status.DENIED, {}, RATING)],
)
def test_whatever_a_case_is_owed_is_begun(status: Status, facts: dict[str, Any], arn: str) -> None:
    engine = Engine()
    engine.cases.record(engine.case, Event(EventName(status), "", NOW, data=facts), status)
    assert engine.sweep(NOW + timedelta(minutes=1)) == 1
    assert engine.started == [(arn, "")]


def test_an_answer_the_stream_lost_wakes_its_workflow() -> None:
    engine = Engine()
    engine.cases.keep(Row(engine.case_no, "task#accept#zwzx#1", "task", "decided", token="t1", outcome="approve"))
    engine.cases.keep(Row(engine.case_no, "task#review#cgw#1", "task", "open", token="t2"))
    engine.sweep(NOW + timedelta(minutes=1))
    assert engine.client.woken == [("t1", {"outcome": "approve"})]


def test_what_has_begun_is_not_begun_again_but_an_answer_may_not_have_been_heard() -> None:
    """The engine forgets an execution after ninety days: a start under its name would be a new one."""
    engine = Engine(Status.GRANTED)
    engine.cases.amend(engine.case, desk=None, due=None)
    engine.cases.keep(Row(engine.case_no, "task#accept#zwzx#1", "task", "decided", token="t1", outcome="approve"))
    assert list(owes(engine.file)) == ["task#accept#zwzx#1"]
