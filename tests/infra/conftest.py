"""What is deployed, built once for all these tests."""

from __future__ import annotations

import json
from typing import Any

import pytest

from infra.build import Built, build
from infra.packing import ROOT


@pytest.fixture(scope="session")
def built() -> Built:
    """Package and template as `make run` builds them."""
    return build(ROOT / ".local" / "build")


@pytest.fixture(scope="session")
def template(built: Built) -> dict[str, Any]:
    """The template that is deployed."""
    return dict(json.loads(built.template.read_text("utf-8")))


@pytest.fixture(scope="session")
def resources(template: dict[str, Any]) -> dict[str, Any]:
    """Its resources by logical name."""
    return dict(template["Resources"])
