"""One whole system for all journeys: built, deployed and started as `make run` does, on free ports, in a folder of its own.

`ENDPOINTS=.local/endpoints.json pytest tests/journey` drives a system that runs already.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journey.city import City
from tools.engine import free_port
from tools.stack import Stack, boot

WAIT_SCALE = 0.0001  # retries of a workflow wait a tenth as long at most (tools/engine_main.py)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A running system of this session's own, each function under its own role."""
    state = tmp_path_factory.mktemp("stack")
    running = boot(
        state, free_port(), WAIT_SCALE, say=lambda text: print(f"· {text}", file=sys.stderr, flush=True), strict=True
    )
    yield running
    running.stop()


@pytest.fixture(scope="session")
def endpoints(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What is needed to drive the system (docs/architecture.md §7 Contract with the outside)."""
    known = os.environ.get("ENDPOINTS")
    if known:
        return dict(json.loads(Path(known).read_text("utf-8")))
    return dict(request.getfixturevalue("stack").endpoints)


@pytest.fixture(scope="session")
def city(endpoints: dict[str, Any]) -> City:
    """Citizens, clerks and parties of the running system."""
    return City(endpoints)
