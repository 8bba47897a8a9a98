"""One sandbox for these tests, with nothing remembered from the test before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contract.sandbox.stack import Stack, running


@pytest.fixture(scope="module")
def served() -> Iterator[Stack]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SANDBOX_TIME_SCALE", "0.002")
        with running() as stack:
            stack.app.state.box.faults.slow_seconds = 0.5
            yield stack


@pytest.fixture
def stack(served: Stack) -> Iterator[Stack]:
    """The running stack, with nothing remembered from the test before."""
    served.product.seen.clear()
    served.product.answers.clear()
    fresh = type(served.app.state.box.state)()
    vars(served.app.state.box.state).update(vars(fresh))
    yield served
    for fault in served.get("/faults")["faults"]:
        served.post("/faults", {"party": fault["party"], "mode": fault["mode"], "seconds": 0})
