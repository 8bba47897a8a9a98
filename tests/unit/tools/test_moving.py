"""A move is said, or done whole: rules, timeline and desks in one transaction, then the approval begun again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel import clock
from chalicelib.kernel.errors import Conflict, NotFound
from chalicelib.vocabulary.events import EventName
from tests.unit.approvals.fakes import APPROVER, Office
from tests.unit.approvals.test_versions import AGAIN, DECIDE, REVIEW, reviewed
from tests.unit.samples import Services, service
from tests.unit.tools.aws import Held
from tools.moving import move

RUNS = "arn:x:execution:Approval"
OUTPUTS = {"ApprovalWorkflow": "arn:x:stateMachine:Approval"}
TOLD = 'stages: ["review", "decide"] → ["review", "again", "decide"]'
NOTHING_RUNS = "此刻没有审批在运行"


class Gone(Exception):
    """The engine does not know the execution."""


class Engine:
    """Executions of one workflow by name, and which were stopped."""

    def __init__(self, **known: str) -> None:
        self.known, self.stopped = known, list[str]()
        self.exceptions = self
        self.ExecutionDoesNotExist = Gone

    def __call__(self, service: str) -> Engine:
        return self

    def describe_execution(self, *, executionArn: str) -> dict[str, str]:
        name = executionArn.removeprefix(f"{RUNS}:")
        if name not in self.known:
            raise Gone
        return {"status": self.known[name]}

    def stop_execution(self, *, executionArn: str, cause: str) -> None:
        self.stopped.append(executionArn.removeprefix(f"{RUNS}:"))


def city(office: Office, *stages: dict[str, Any], **known: str) -> tuple[Held, Engine]:
    """The office's stack, where a second version of the service has these stages; executions by what follows the case's number."""
    plan = office.plan
    services = Services(service(stages=plan), service(stages=list(stages), version="v000002"))
    engine = Engine(**{office.case_no + suffix: status for suffix, status in known.items()})
    return Held(engine, OUTPUTS, office.cases, services), engine


def test_a_move_is_said_first_and_then_written_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "wang")
    office = reviewed()
    system, engine = city(office, REVIEW, AGAIN, DECIDE, **{"": "RUNNING"})
    before = office.cases.whole(office.case_no)
    told, end = move(system, office.case_no, "v000002", sure=False)
    assert told == TOLD and "nothing was done" in end
    assert office.cases.whole(office.case_no) == before and not engine.stopped
    told, *done = move(system, office.case_no, "v000002", sure=True)
    assert told == TOLD and "moved" in done[0] and "begun again" in done[1] and engine.stopped == [office.case_no]
    after = office.cases.whole(office.case_no)
    assert after.case == before.case.with_(version="v000002", rev=before.case.rev + 1)
    assert (office.last().name, office.last().actor) == (EventName.RULES_CHANGED, "ops:wang")
    assert [row.key for row in after.rows] == ["task#review#cgw#1"]


def test_a_move_cut_short_is_done_by_the_same_again() -> None:
    office = reviewed()
    system, engine = city(office, REVIEW, AGAIN, DECIDE, **{"": "RUNNING"})
    for _ in range(2):
        move(system, office.case_no, "v000002", sure=True)
    assert engine.stopped == [office.case_no] * 2
    assert [event.name for event in office.cases.whole(office.case_no).events].count(EventName.RULES_CHANGED) == 1
    with pytest.raises(Conflict, match="没有任何改变"):
        move(system, office.case_no, "v000002", sure=False)


@pytest.mark.parametrize(
    ("known", "stopped"),
    [
        ({"": "FAILED", "-1": "ABORTED", "-2": "RUNNING"}, "-2"),
        ({"": "FAILED", **{f"-{number}": "FAILED" for number in range(1, 150)}, "-150": "RUNNING"}, "-150"),
        ({"-31": "FAILED", "-32": "RUNNING"}, "-32"),  # the first ended long ago
        ({"": "FAILED", "-1": "FAILED"}, None),
        ({}, None),
    ],
)
def test_the_execution_that_runs_is_found_whatever_its_count(known: dict[str, str], stopped: str | None) -> None:
    office = reviewed()
    case = office.cases.head(office.case_no)
    office.store.heads[case.case_no] = case.with_(received_at=clock.now() - timedelta(days=100))
    system, engine = city(office, REVIEW, AGAIN, DECIDE, **known)
    said = move(system, office.case_no, "v000002", sure=True)[-1]
    assert engine.stopped == ([] if stopped is None else [office.case_no + stopped])
    assert said.startswith(NOTHING_RUNS) == (stopped is None)


def test_what_is_refused_is_not_done() -> None:
    office = reviewed()
    system, engine = city(office, REVIEW, **{"": "RUNNING"})
    before = office.cases.whole(office.case_no)
    for sure in (False, True):
        with pytest.raises(Conflict, match="再没有人作决定"):
            move(system, office.case_no, "v000002", sure)
    for number, version in ((office.case_no, "v000003"), ("510000000000", "v000002")):
        with pytest.raises(NotFound):
            move(system, number, version, sure=True)
    assert office.cases.whole(office.case_no) == before and not engine.stopped


def test_who_was_first_is_not_overwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    office = reviewed()
    system, engine = city(office, REVIEW, AGAIN, DECIDE, **{"": "RUNNING"})
    stale = office.cases.whole(office.case_no)
    office.decide(APPROVER, "decide", "approve")
    monkeypatch.setattr(office.cases, "whole", lambda case_no: stale)
    with pytest.raises(Conflict, match="变化"):
        move(system, office.case_no, "v000002", sure=True)
    assert office.cases.head(office.case_no).version == "v000001" and not engine.stopped


def test_a_decided_case_keeps_its_workflows() -> None:
    office = reviewed()
    office.decide(APPROVER, "decide", "approve")
    system, engine = city(office, REVIEW, **{"": "RUNNING"})
    assert len(move(system, office.case_no, "v000002", sure=True)) == 2
    assert office.last().name == EventName.RULES_CHANGED and not engine.stopped
