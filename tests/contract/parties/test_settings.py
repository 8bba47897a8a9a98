"""What parties give us: written down in docs/parties.md, and read by the code, neither more nor less."""

from __future__ import annotations

import re

import pytest

from infra import contract
from infra.packing import ROOT
from parties.registry import PARTIES

READ = re.compile(r'(?:settings|config|given)(?:\(\))?(?:\[|\.get\()["\'](\w+)["\']')


def _read(*places: str) -> set[str]:
    """The names of settings that are read in the files that match."""
    files = [path for place in places for path in sorted(ROOT.glob(place))]
    assert files, places
    return {name for path in files for name in READ.findall(path.read_text("utf-8"))}


def test_the_document_is_up_to_date() -> None:
    assert contract.SETTINGS.read_text("utf-8") == contract.settings_page(), "run python -m infra.contract"


@pytest.mark.parametrize("name", PARTIES)
def test_the_document_names_every_field(name: str) -> None:
    section = contract.settings_page().partition(f"\n## `{name}`")[2].partition("\n## ")[0]
    for field in PARTIES[name].schema["properties"]:
        assert f"\n| `{field}` | " in section, field


@pytest.mark.parametrize("name", PARTIES)
def test_every_field_that_is_read_stands_in_the_schema_and_every_other_is_not_there(name: str) -> None:
    fields = set(PARTIES[name].schema["properties"])
    read = _read(f"parties/{name}/*.py")
    assert read <= fields
    assert fields <= read | _read("parties/sms.py", "channels/*.py")
