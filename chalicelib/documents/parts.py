"""Documents, put together: they listen for acts that have one, and stand on the case's page.

Only the function `documents` sets them: the typeface and what draws it are woken when one is to be made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.capability import Capability
from chalicelib.cases.model import event_key
from chalicelib.kernel.parts import queue

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.cases.model import CaseFile, Change
    from chalicelib.cases.service import Cases
    from chalicelib.catalogue.model import Service
    from chalicelib.documents.cards import Cards
    from chalicelib.documents.service import Documents
    from chalicelib.identity.model import Session
    from chalicelib.kernel.typeface import Typeface


@cache
def documents() -> Documents:
    """Make what makes documents and opens them."""
    from chalicelib.cases.parts import cases
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.documents.service import Documents
    from chalicelib.kernel import config
    from chalicelib.kernel.bucket import Bucket
    from chalicelib.kernel.parts import audit, counters

    return Documents(
        cases(),
        catalogue(),
        counters(),
        Bucket(config.client("s3"), config.bucket("materials")),
        audit(),
        _paper,
        _cards,
    )


def previewed(act: Callable[[Cases], object], who: Session, now: datetime) -> dict[str, Any]:
    """Show the documents an act would put out, by carrying it out over cases that write nothing."""
    from chalicelib.cases.parts import rehearsal
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.documents.previews import Previews
    from chalicelib.kernel.parts import audit

    return Previews(rehearsal, catalogue(), audit()).of(act, who, now)


@cache
def typeface() -> Typeface:
    """Make the typeface, once a container: it is a file of 12 MB."""
    from chalicelib.kernel.typeface import Typeface

    return Typeface()


def _paper(*given: Any) -> bytes:
    from chalicelib.documents.setting import paper

    return paper(typeface(), *given)


@cache
def _cards() -> Cards:
    from chalicelib.cases.parts import cases
    from chalicelib.certificates.parts import certificates
    from chalicelib.documents.cards import Cards, card
    from chalicelib.intake.parts import materials

    return Cards(cases(), certificates().verify_url, materials().content, lambda of, at: card(typeface(), of, at))


def _listen(change: Change) -> None:
    """Queue what is to be made of what happened: the document that the law wants, a certificate."""
    from chalicelib.documents.model import wanted

    if (happened := change.happened) and wanted(*happened, change.data.get("data", {})):
        queue("documents").send({"case_no": change.new["case_no"], "event": happened[0]})


def _owes(file: CaseFile) -> Iterator[str]:
    """Yield every event of which something is not made yet; one that is on its way is made once all the same."""
    from chalicelib.documents.model import wanted

    for number, event in zip(file.numbers, file.events, strict=True):
        if any(file.row(key) is None for key in wanted(number, event.name, event.data)):
            yield event_key(number)


def _page(file: CaseFile, service: Service) -> dict[str, Any]:
    from chalicelib.documents.model import KIND, latest, shown

    return {"documents": [shown(row) for row in latest(file.of(KIND))]}


CAPABILITY = Capability(listeners={"documents": _listen}, owes={"documents": _owes}, page=_page)
