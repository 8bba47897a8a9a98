"""The page of procedures says what the vocabulary says, and the tests it names are there."""

from __future__ import annotations

import re

from chalicelib.vocabulary.codes import OFFICE_ACTS
from chalicelib.vocabulary.events import EVENTS, EventName
from chalicelib.vocabulary.events.meanings import Standard
from tests.unit.docs.test_citations import ROOT, grep

PAGE = (ROOT / "docs" / "procedures.md").read_text("utf-8")
NUMBERS = re.compile(r"(?:^|and_)(\d+)(?=_|$)")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("|")][2:]


def test_each_document_of_the_law_has_its_act_and_each_act_its_document() -> None:
    said = {(EventName(row[1].strip("`")), row[3].replace("–", "")) for row in ROWS}
    assert said == {(event, EVENTS[event].document) for event, _ in said}
    assert {event for event, row in EVENTS.items() if row.document} <= {event for event, _ in said}


def test_every_test_it_names_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    there = set(re.findall(r"def (test_\w+)\(", grep(r"^def test_", "tests")))
    assert len(named) > len(ROWS) / 2 and named <= there, named - there


def test_each_row_is_whole_and_each_article_it_cites_stands_in_the_name_of_a_test_of_its() -> None:
    assert all(len(row) == 7 and all(row) for row in ROWS)
    for act, _, article, _, _, _, tests in ROWS:
        named = [
            int(number) for name in re.findall(r"`test_\w*articles?_(\w+?)`", tests) for number in NUMBERS.findall(name)
        ]
        cited = [int(number) for numbers in re.findall(r"第([\d、]+)条", article) for number in numbers.split("、")]
        assert set(cited) <= set(named), (act, cited, tests)
        assert cited or article.startswith("local "), (act, article)


def test_each_act_of_an_office_and_each_event_of_the_standard_has_its_row() -> None:
    """The standard's codes (docs/domain.md §1.5 状态与结果码) are what is told of a case to the province."""
    assert set(OFFICE_ACTS.values()) <= {row[0] for row in ROWS}
    coded = {event for event, row in EVENTS.items() if row.standard != Standard()}
    assert len(coded) > 8 and coded <= {EventName(row[1].strip("`")) for row in ROWS}
