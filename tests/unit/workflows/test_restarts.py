"""Workflows that failed, over a Step Functions client in memory: begun again once a failure, and not for ever in a day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chalicelib.cases.faults import NOTED
from chalicelib.cases.model import FAULT
from chalicelib.kernel import clock
from chalicelib.vocabulary.statuses import OVER, Status
from chalicelib.workflows.model import RESTARTS, WITHIN, KeepsFailing
from tests.unit.samples import NOW
from tests.unit.workflows.fakes import APPROVAL, DELIVERY, Engine


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


def test_but_what_was_forwarded_is_over_and_still_asked_to_be_rated() -> None:
    engine = Engine()
    engine.cases.amend(engine.cases.head(engine.case_no), status=Status.CLOSED)
    engine.workflows.restart("rating", engine.case_no, NOW, 1)
    assert [name for _, name in engine.started] == ["-1"]
    engine.cases.amend(engine.cases.head(engine.case_no), status=Status.VOID)
    engine.workflows.restart("rating", engine.case_no, NOW, 1)
    assert len(engine.started) == 1
