"""The vectors that the web clients' checks (web/shared/formats.ts) are tested with too, so that both sides take and refuse the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chalicelib.kernel import formats

VECTORS: dict[str, dict[str, list[dict[str, str]]]] = json.loads(
    (Path(__file__).parents[2] / "vectors" / "formats.json").read_text("utf-8")
)
CASES = [
    pytest.param(name, one["value"], kind == "valid", id=f"{name} {kind} {one['why']}")
    for name, kinds in VECTORS.items()
    for kind in ("valid", "invalid")
    for one in kinds[kind]
]


@pytest.mark.parametrize(("name", "value", "right"), CASES)
def test_vector(name: str, value: str, right: bool) -> None:
    assert formats.FORMATS[name].right(value) is right


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [(name, one["typed"], one["value"]) for name, kinds in VECTORS.items() for one in kinds["typed"]],
)
def test_what_people_type_is_tidied(name: str, typed: str, value: str) -> None:
    assert formats.FORMATS[name].tidy(typed) == value


def test_every_format_has_vectors_of_every_kind() -> None:
    assert VECTORS.keys() == formats.FORMATS.keys()
    assert all(kinds["valid"] and kinds["invalid"] and kinds["typed"] for kinds in VECTORS.values())
