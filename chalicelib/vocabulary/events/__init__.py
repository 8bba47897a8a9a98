"""What can happen to a case: one row an event, and on each row every decision about it.

A row without a decision does not pass the type checker: `tells` is a message or, said on purpose, why nobody is told.
A message names facts in braces; `notices.facts` knows them all. WeChat holds a `phrase` to five Chinese characters.
"""

from __future__ import annotations

from chalicelib.vocabulary.events import after, approval, seconded
from chalicelib.vocabulary.events.meanings import EventMeaning, Message
from chalicelib.vocabulary.events.meanings import Work as Work
from chalicelib.vocabulary.events.names import EventName as EventName

_ROWS = approval.ROWS | seconded.ROWS | after.ROWS
EVENTS: dict[EventName, EventMeaning] = {event: _ROWS[event] for event in EventName}

NAMES: dict[EventName, str] = {event: row.name for event, row in EVENTS.items()}

DOCUMENTS: dict[EventName, str] = {event: row.document for event, row in EVENTS.items() if row.document}

DOCUMENT_KINDS: dict[str, str] = {str(event): name for event, name in DOCUMENTS.items()} | {"certificate": "电子证照"}
"""What is kept on paper of a case: the documents by their events, and the certificate as it is printed."""


def message(event: EventName) -> Message | None:
    """Return what the applicant is told of an event; None where nobody is."""
    tells = EVENTS[event].tells
    return tells if isinstance(tells, Message) else None
