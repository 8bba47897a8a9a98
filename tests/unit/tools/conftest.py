"""A deployed system whose services are kept in memory, for what commands do to it."""

from __future__ import annotations

import pytest

from tests.unit.tools.aws import OUTPUTS, Aws
from tools.system import System


@pytest.fixture
def aws() -> Aws:
    return Aws()


@pytest.fixture
def system(aws: Aws) -> System:
    return System(aws, OUTPUTS)
