"""The workflows of a case over a Step Functions client in memory: begun once, woken once, begun again, found when they were lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, get_args

import pytest

from chalicelib.cases.faults import NOTED
from chalicelib.cases.model import FAULT, OWED, Change, Event, Row, round_desk
from chalicelib.kernel import clock
from chalicelib.vocabulary.events import EventName, Work
from chalicelib.vocabulary.statuses import OVER, Status
from chalicelib.workflows.model import RESTARTS, WITHIN, KeepsFailing
from chalicelib.workflows.service import FAILED, GONE, Workflows
from tests.unit.decided import Decided
from tests.unit.samples import NOW

ARNS: dict[Work, str] = {work: f"arn:stateMachine:{work}" for work in get_args(Work)}
APPROVAL, PAYMENT, DELIVERY, RATING = (ARNS[work] for work in ("approval", "payment", "delivery", "rating"))


class Refused(Exception):
    """What botocore raises: a code in a response."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.response = {"Error": {"Code": code}}


class AlreadyExists(Refused):
    """A second execution of one name."""


class DoesNotExist(Refused):
    """An execution the engine does not keep."""


@dataclass
class StepFunctions:
    """The engine: executions by workflow and name, tokens that were answered, pages of what failed, faults to come."""

    started: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    woken: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    ended: dict[tuple[str, str], list[list[tuple[str, datetime]]]] = field(default_factory=dict)
    faults: list[Exception] = field(default_factory=list)

    began: dict[str, datetime] = field(default_factory=dict)  # by name

    class exceptions:
        ExecutionAlreadyExists, ExecutionDoesNotExist = AlreadyExists, DoesNotExist

    def _up(self) -> None:
        if self.faults:
            raise self.faults.pop(0)

    def start_execution(self, *, stateMachineArn: str, name: str, input: str) -> None:
        self._up()
        if (stateMachineArn, name) in self.started:
            raise AlreadyExists("ExecutionAlreadyExists")
        self.started[stateMachineArn, name] = json.loads(input)

    def describe_execution(self, *, executionArn: str) -> dict[str, Any]:
        self._up()
        runs, name = executionArn.rsplit(":", 1)
        assert runs in {arn.replace(":stateMachine:", ":execution:") for arn in ARNS.values()}
        if name not in self.began:
            raise DoesNotExist("ExecutionDoesNotExist")
        return {"startDate": self.began[name]}

    def send_task_success(self, *, taskToken: str, output: str) -> None:
        self._up()
        self.woken.append((taskToken, json.loads(output)))

    def get_paginator(self, operation: str) -> StepFunctions:
        assert operation == "list_executions"
        return self

    def paginate(self, *, stateMachineArn: str, statusFilter: str) -> Iterator[dict[str, Any]]:
        for page in self.ended.get((stateMachineArn, statusFilter), []):
            yield {"executions": [{"name": name, "stopDate": at} for name, at in page]}


class Engine(Decided):
    """A case, and the workflows over it; what is sent to the queue of restarts is kept."""

    def __init__(self, status: Status = Status.SUBMITTED, **changes: Any) -> None:
        super().__init__(status, **changes)
        self.client = StepFunctions()
        self.queue: list[dict[str, Any]] = []
        self.workflows = Workflows(self.cases, self.services, self.client, ARNS, self)

    def send(self, message: dict[str, Any]) -> None:
        self.queue.append(message)

    def hear(self, new: dict[str, Any], old: dict[str, Any] | None = None) -> None:
        self.workflows.listen(Change("1", old or {}, {"case_no": self.case_no, **new}))

    def fails(self, name: str = "", attempt: int = 1, now: datetime = NOW) -> None:
        self.workflows.restart("approval", self.case_no + name, now, attempt)

    def happens(self, name: EventName, **facts: Any) -> None:
        data = json.dumps({"name": name, "data": facts})
        self.hear({"sk": "event#000002", "data": data})

    @property
    def head(self) -> dict[str, Any]:
        return {"sk": "case", "service": "street-stall"}

    @property
    def started(self) -> list[tuple[str, str]]:
        """Workflow and name of what was started, without the case's number."""
        return [(arn, name.removeprefix(self.case_no)) for arn, name in self.client.started]


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


# — begin again —


def test_what_failed_is_begun_again_once_under_the_next_name() -> None:
    engine = Engine()
    engine.hear(engine.head)
    for name in ("", "", "-1", "-1"):
        engine.fails(name)
    assert engine.started == [(APPROVAL, ""), (APPROVAL, "-1"), (APPROVAL, "-2")]
    assert engine.client.started[APPROVAL, f"{engine.case_no}-2"] == engine.client.started[APPROVAL, engine.case_no]
    engine.workflows.restart("delivery", engine.case_no, NOW, 1)
    assert engine.client.started[DELIVERY, f"{engine.case_no}-1"] == {"case_no": engine.case_no}


@pytest.mark.parametrize("name", ["123456789018", "started-by-hand", "2f0c1a7e-6f3b-4f0f-9d57-0a3d3b1f8c11"])
def test_what_is_no_case_is_left_alone(name: str) -> None:
    engine = Engine()
    engine.workflows.restart("approval", name, NOW, 1)
    assert not engine.started


FAULT_ROW = "fault#restarts#approval"


def test_what_keeps_failing_waits_until_the_first_of_so_many_restarts_is_a_day_ago_and_the_case_says_so() -> None:
    engine = Engine()
    engine.client.began = {f"{engine.case_no}-1": NOW}
    engine.fails(f"-{RESTARTS - 1}")
    for attempt in range(1, NOTED + 1):
        with pytest.raises(KeepsFailing):
            engine.fails(f"-{RESTARTS}", attempt, NOW + WITHIN - timedelta(seconds=1))
    assert engine.started == [(APPROVAL, f"-{RESTARTS}")]
    assert engine.row(FAULT_ROW).data == {"code": "KeepsFailing"}
    assert [row.key for row in engine.cases.waiting(FAULT, clock.iso(NOW + WITHIN))] == [FAULT_ROW]
    engine.fails(f"-{RESTARTS}", NOTED + 1, NOW + WITHIN)
    assert engine.started[1:] == [(APPROVAL, f"-{RESTARTS + 1}")]
    assert engine.row(FAULT_ROW).status == "mended" and not list(engine.cases.waiting(FAULT, clock.iso(NOW + WITHIN)))


def test_failures_of_long_ago_are_forgotten() -> None:
    engine = Engine()
    engine.fails("-4711")
    assert engine.started == [(APPROVAL, "-4712")], "the engine keeps no execution of then"


def test_a_restart_that_cannot_be_done_is_noted_on_the_case() -> None:
    engine = Engine()
    engine.client.faults = [OSError("down") for _ in range(NOTED)]
    for attempt in range(1, NOTED + 1):
        assert engine.cases.row(engine.case_no, FAULT_ROW) is None
        with pytest.raises(OSError, match="down"):
            engine.fails("", attempt)
    assert engine.row(FAULT_ROW).data == {"code": "OSError"}
    engine.fails()
    assert engine.row(FAULT_ROW).status == "mended"


@pytest.mark.parametrize("status", [Status.CLOSED, Status.VOID])
def test_a_case_that_is_over_is_not_begun_again(status: Status) -> None:
    assert status in OVER
    engine = Engine(status)
    engine.fails()
    assert not engine.started


# — once a minute —


def test_what_the_stream_lost_is_begun_a_minute_later_and_only_while_it_is_owed() -> None:
    engine = Engine()
    assert engine.case.desk == round_desk(OWED, engine.case.case_no)
    assert engine.workflows.sweep(NOW + timedelta(seconds=59)) == 0
    assert engine.workflows.sweep(NOW + timedelta(seconds=60)) == 1
    assert engine.started == [(APPROVAL, "")]
    assert engine.workflows.sweep(NOW + timedelta(seconds=120)) == 1, "until its first step has taken it off the desk"
    engine.cases.amend(engine.case, desk=None, due=None)
    assert engine.workflows.sweep(NOW + timedelta(seconds=180)) == 0


@pytest.mark.parametrize(
    ("status", "facts", "arn"),
    [(Status.GRANTED, {"fee_fen": 8000}, PAYMENT), (Status.GRANTED, {}, DELIVERY), (Status.DENIED, {}, RATING)],
)
def test_whatever_a_case_is_owed_is_begun(status: Status, facts: dict[str, Any], arn: str) -> None:
    engine = Engine()
    engine.cases.record(engine.case, Event(EventName(status), "", NOW, data=facts), status)
    assert engine.workflows.sweep(NOW + timedelta(minutes=1)) == 1
    assert engine.started == [(arn, "")]


def test_an_answer_the_stream_lost_wakes_its_workflow() -> None:
    engine = Engine()
    engine.cases.keep(Row(engine.case_no, "task#accept#zwzx#1", "task", "decided", token="t1", outcome="approve"))
    engine.cases.keep(Row(engine.case_no, "task#review#cgw#1", "task", "open", token="t2"))
    engine.workflows.sweep(NOW + timedelta(minutes=1))
    assert engine.client.woken == [("t1", {"outcome": "approve"})]


@pytest.mark.parametrize("status", FAILED)
def test_what_failed_untold_is_found_on_every_page_and_sent_to_be_begun_again_once(status: str) -> None:
    engine = Engine()
    pages = [
        [(f"{number:012d}", NOW - timedelta(minutes=1)) for number in range(first, first + 100)] for first in (0, 100)
    ]
    engine.client.ended = {(PAYMENT, status): pages}
    assert engine.workflows.resume(NOW) == 200
    assert engine.queue[0] == {"work": "payment", "name": "000000000000"} and len(engine.queue) == 200
    assert engine.workflows.resume(NOW) == 0


def test_what_failed_long_ago_is_left() -> None:
    engine = Engine()
    engine.client.ended = {(APPROVAL, "FAILED"): [[(engine.case_no, NOW - timedelta(days=1, seconds=1))]]}
    assert engine.workflows.resume(NOW) == 0 and not engine.queue
