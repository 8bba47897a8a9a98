"""The workflow of a case over a Step Functions client in memory: started once, woken once, found again when it was lost."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.cases.model import RECEIVED, Change, round_desk
from chalicelib.vocabulary.statuses import OVER, Status
from chalicelib.workflows.service import GONE, RESTARTS, Workflows
from tests.unit.decided import Decided
from tests.unit.samples import NOW

ARN = "lifecycle"


class Refused(Exception):
    """What botocore raises: a code in a response."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.response = {"Error": {"Code": code}}


class AlreadyExists(Refused):
    """A second execution of one name."""


@dataclass
class StepFunctions:
    """The engine: executions by name, tokens that were answered, faults to come."""

    started: dict[str, dict[str, Any]] = field(default_factory=dict)
    woken: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    ended: dict[str, list[tuple[str, datetime]]] = field(default_factory=dict)
    faults: list[Exception] = field(default_factory=list)

    class exceptions:
        ExecutionAlreadyExists = AlreadyExists

    def _up(self) -> None:
        if self.faults:
            raise self.faults.pop(0)

    def start_execution(self, *, stateMachineArn: str, name: str, input: str) -> None:
        self._up()
        assert stateMachineArn == ARN
        if name in self.started:
            raise AlreadyExists("ExecutionAlreadyExists")
        self.started[name] = json.loads(input)

    def send_task_success(self, *, taskToken: str, output: str) -> None:
        self._up()
        self.woken.append((taskToken, json.loads(output)))

    def list_executions(self, *, stateMachineArn: str, statusFilter: str, maxResults: int) -> dict[str, Any]:
        assert stateMachineArn == ARN
        return {"executions": [{"name": name, "stopDate": at} for name, at in self.ended.get(statusFilter, [])]}


class Engine(Decided):
    """A case, and the workflows over it."""

    def __init__(self, status: Status = Status.SUBMITTED, **changes: Any) -> None:
        super().__init__(status, **changes)
        self.client = StepFunctions()
        self.workflows = Workflows(self.cases, self.services, self.client, ARN)

    def hear(self, new: dict[str, Any], old: dict[str, Any] | None = None) -> None:
        self.workflows.listen(Change("1", old or {}, {"case_no": self.case_no, **new}))

    @property
    def head(self) -> dict[str, Any]:
        return {"sk": "case", "service": "street-stall"}


# — start —


def test_a_new_head_starts_its_workflow_with_the_stages_of_its_service() -> None:
    engine = Engine()
    engine.hear(engine.head)
    assert engine.client.started == {
        engine.case_no: {
            "case_no": engine.case_no,
            "stages": [
                {"id": "accept", "departments": ["zwzx"]},
                {"id": "review", "departments": ["cgw", "gaj"]},
                {"id": "decide", "departments": ["cgw"]},
            ],
            "fee": True,
        }
    }


def test_a_free_service_has_no_fee() -> None:
    engine = Engine(fee=None)
    engine.hear(engine.head)
    assert engine.client.started[engine.case_no]["fee"] is False


def test_told_again_it_is_started_once_and_a_changed_head_starts_nothing() -> None:
    engine = Engine()
    for _ in range(3):
        engine.hear(engine.head)
    engine.hear(engine.head, {**engine.head, "status": "submitted"})
    engine.hear({"sk": "event#000002", "service": "street-stall"})
    assert list(engine.client.started) == [engine.case_no] and not engine.client.woken


def test_an_engine_that_is_down_is_told_to_the_stream() -> None:
    engine = Engine()
    engine.client.faults = [Refused("ThrottlingException")]
    with pytest.raises(Refused):
        engine.hear(engine.head)
    engine.hear(engine.head)
    assert list(engine.client.started) == [engine.case_no]


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


def test_what_the_stream_lost_is_started_a_minute_later_and_only_while_it_lies_on_the_desk() -> None:
    engine = Engine()
    assert engine.case.desk == round_desk(RECEIVED, engine.case.case_no)
    assert engine.workflows.sweep(NOW + timedelta(seconds=59)) == 0
    assert engine.workflows.sweep(NOW + timedelta(seconds=60)) == 1
    assert list(engine.client.started) == [engine.case_no]
    assert engine.workflows.sweep(NOW + timedelta(seconds=120)) == 1, "until its first step has taken it off the desk"
    engine.cases.amend(engine.case, desk=None, due=None)
    assert engine.workflows.sweep(NOW + timedelta(seconds=180)) == 0


@pytest.mark.parametrize("status", ["FAILED", "TIMED_OUT", "ABORTED"])
def test_what_an_outage_ended_is_started_again_under_the_next_name(status: str) -> None:
    engine = Engine()
    engine.hear(engine.head)
    engine.client.ended = {status: [(engine.case_no, NOW - timedelta(minutes=1))]}
    assert engine.workflows.resume(NOW) == 1
    engine.client.ended = {status: [(f"{engine.case_no}-1", NOW)]}
    assert engine.workflows.resume(NOW) == 1
    assert list(engine.client.started) == [engine.case_no, f"{engine.case_no}-1", f"{engine.case_no}-2"]
    assert engine.client.started[f"{engine.case_no}-2"] == engine.client.started[engine.case_no]


def test_looking_again_starts_nothing_twice() -> None:
    engine = Engine()
    engine.client.ended = {"FAILED": [(engine.case_no, NOW)]}
    for _ in range(3):
        engine.workflows.resume(NOW)
    assert list(engine.client.started) == [f"{engine.case_no}-1"]


def test_restarts_end_and_what_failed_long_ago_is_left() -> None:
    engine = Engine()
    old = (f"{engine.case_no}-3", NOW - timedelta(days=1))
    engine.client.ended = {"FAILED": [(f"{engine.case_no}-{RESTARTS}", NOW), old]}
    assert engine.workflows.resume(NOW) == 0 and not engine.client.started
    engine.client.ended = {"FAILED": [(f"{engine.case_no}-{RESTARTS - 1}", NOW)]}
    assert engine.workflows.resume(NOW) == 1


def test_executions_that_are_no_cases_hold_up_nobody() -> None:
    engine = Engine()
    names = ["123456789018", "started-by-hand", "2f0c1a7e-6f3b-4f0f-9d57-0a3d3b1f8c11", engine.case_no]
    engine.client.ended = {"ABORTED": [(name, NOW) for name in names]}
    assert engine.workflows.resume(NOW) == 1 and list(engine.client.started) == [f"{engine.case_no}-1"]


@pytest.mark.parametrize("status", [Status.CLOSED, Status.VOID])
def test_a_case_that_is_over_is_not_started_again(status: Status) -> None:
    assert status in OVER
    engine = Engine(status)
    engine.client.ended = {"FAILED": [(engine.case_no, NOW)]}
    assert engine.workflows.resume(NOW) == 0 and not engine.client.started
