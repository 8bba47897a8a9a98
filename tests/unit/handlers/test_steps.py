"""Every step reaches its use case with the moment handed in, and a fault is passed on to be retried."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.kernel.errors import Conflict
from handlers.steps import run
from tests.unit.samples import EVENT, NOW, Call

UNIT = Path(__file__).resolve().parents[1]
CALLS: dict[str, Call] = {
    step: call
    for path in UNIT.glob("*/steps.py")
    for step, call in import_module(f"tests.unit.{path.parent.name}.steps").CALLS.items()
}
"""What each step calls, and with what: each capability says it in `tests/unit/<its name>/steps.py`."""


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

    monkeypatch.setattr("chalicelib.ratings.parts.asking", broken)
    with pytest.raises(Conflict):
        run({"step": "invite", **EVENT}, NOW)
    with pytest.raises(KeyError):
        run({"step": "fly", **EVENT}, NOW)
