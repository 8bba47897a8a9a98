"""WeChat before each test, and our clients of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contract.parties.wechat.far import Wire, connected


@pytest.fixture
def wire() -> Iterator[Wire]:
    with connected() as made:
        yield made
