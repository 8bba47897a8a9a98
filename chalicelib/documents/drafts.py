"""The words of a document, filled in: what is set as a PDF, and what a clerk is shown before there is one."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.cases.model import Case, Event
from chalicelib.catalogue.model import Service
from chalicelib.documents.facts import facts, issuer
from chalicelib.documents.model import Sort, template
from chalicelib.kernel import clock


@dataclass(frozen=True)
class Draft:
    """A document without its number: `mark` and `word` are what its number begins with, `signed` who signs it on which day."""

    title: str
    mark: str
    word: str
    body: list[tuple[Sort, str]]
    signed: tuple[str, str]


def drafted(case: Case, event: Event, service: Service, **beside: str) -> Draft:
    """Fill in the template of an event; `case` is opened, `beside` are facts that only who looks knows. Raises KeyError: it has none."""
    words, by = template(event.name), issuer(service, event)
    known = facts(case, event, service, words) | beside
    day = clock.long_day(event.at.astimezone(clock.SHANGHAI).date())
    return Draft(words.named_as(known), by.mark, words.word, words.filled(known), (by.name, day))
