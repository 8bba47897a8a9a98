"""How a case stands beyond its status: what happened last that says so, kept on the head, so that one read tells it to who asks.

A refusal has its reason and where to turn, a bill its amount and day: facts of an event, which lies in a row of its own. The head
keeps the few its row names (`EventMeaning.stands`) for as long as they hold.
"""

from __future__ import annotations

from typing import Any

from chalicelib.cases.model import STANDS, Case, Event
from chalicelib.vocabulary.events import EVENTS, EventName

LONGEST = 100  # characters kept of one fact: more than is said of any (`notices.facts`)


def after(case: Case, event: Event, moved: bool) -> Case:
    """Return the head as it stands after an event that `moved` its status or did not: what said so before holds until the case moves
    on, and is not undone by being put away (归档)."""
    names = EVENTS[event.name].stands
    if names is None and (not moved or event.name is EventName.CLOSED):
        return case
    facts = {name: fact for name, fact in case.facts.items() if name != STANDS}
    if names is not None:
        facts[STANDS] = [str(event.name), {name: _small(event.data[name]) for name in names if event.data.get(name)}]
    return case.with_(facts=facts)


def told(case: Case) -> Event | None:
    """Return the event that says how a case stands, with the facts kept of it; None where its status says all."""
    if STANDS not in case.facts:
        return None
    name, data = case.facts[STANDS]
    return Event(EventName(name), "", case.received_at, data=data)


def cut(text: str, limit: int) -> str:
    """Shorten a text to so many characters, and show that it was."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _small(fact: Any) -> Any:
    if isinstance(fact, str):
        return cut(fact, LONGEST)
    if isinstance(fact, list):
        return [cut(each, LONGEST) for each in fact[:2]]
    if isinstance(fact, dict):  # the way to appeal, but for the sentence of it
        return {name: value for name, value in fact.items() if value and name not in ("said", "received")}
    return fact
