"""Every step reaches its use case with the moment handed in, and a fault is passed on to be retried."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.kernel.errors import Conflict
from handlers.steps import run
from tests.unit.samples import NOW

EVENT = {"case_no": "510123456789", "stage": "s1", "department": "cgw", "token": "t1"}
CALLS = {
    "open_task": ("approvals.parts.stages", "open_task", ("510123456789", "s1", "cgw", "t1", NOW)),
    "await_supplement": ("approvals.parts.stages", "await_supplement", ("510123456789", "s1", "cgw", "t1", NOW)),
    "collect": ("payments.parts.payments", "open", ("510123456789", "t1", NOW)),
    "deliver": ("delivery.parts.delivery", "start", ("510123456789", "t1", NOW)),
    "invite": ("ratings.parts.ratings", "invite", ("510123456789", "t1", NOW)),
    "close": ("delivery.parts.delivery", "close", ("510123456789", NOW)),
}


class Recorder:
    """Any use case: notes how it was called."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *given: self.calls.append((name, given))


@pytest.mark.parametrize("step", wiring.steps())
def test_each_step_calls_its_use_case(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    factory, method, given = CALLS[step]
    recorder = Recorder()
    monkeypatch.setattr(f"chalicelib.{factory}", lambda: recorder)
    assert run({"step": step, **EVENT}, NOW) is None
    assert recorder.calls == [(method, given)]


def test_faults_and_unknown_steps_are_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Any:
        raise Conflict(code="changed_meanwhile")

    monkeypatch.setattr("chalicelib.ratings.parts.ratings", broken)
    with pytest.raises(Conflict):
        run({"step": "invite", **EVENT}, NOW)
    with pytest.raises(KeyError):
        run({"step": "fly", **EVENT}, NOW)
