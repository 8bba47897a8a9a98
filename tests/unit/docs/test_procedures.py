"""The page of procedures says what the vocabulary says, and the tests it names are there."""

from __future__ import annotations

import re

from chalicelib.vocabulary.events import EVENTS, EventName
from tests.unit.docs.test_citations import ROOT, grep

PAGE = (ROOT / "docs" / "procedures.md").read_text("utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("|")][2:]


def test_each_document_of_the_law_has_its_act_and_each_act_its_document() -> None:
    said = {(EventName(row[1].strip("`")), row[3].replace("–", "")) for row in ROWS}
    assert said == {(event, EVENTS[event].document) for event, _ in said}
    assert {event for event, row in EVENTS.items() if row.document} <= {event for event, _ in said}


def test_every_test_it_names_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    there = set(re.findall(r"def (test_\w+)\(", grep(r"^def test_", "tests")))
    assert len(named) > len(ROWS) / 2 and named <= there, named - there
