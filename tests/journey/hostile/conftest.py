"""A citizen, and a case of hers that strangers would like to touch."""

from __future__ import annotations

import pytest

from tests.journey.city import City
from tests.journey.hostile.kit import NAME, PHONE


@pytest.fixture(scope="module")
def me(city: City) -> str:
    return city.wechat()


@pytest.fixture(scope="module")
def number(city: City, me: str) -> str:
    """A case of mine that waits at 市民政局."""
    receipt = city.apply(me, "elder-card", PHONE, form={"name": NAME})
    city.task("mzj", "approver", receipt["case_no"])
    return str(receipt["case_no"])
