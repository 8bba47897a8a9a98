"""Which happenings have no message of their own: an answer said it on the spot, or the message that follows at once says it too.

A simple case is told of three or four times, not eight. What is merged has no row and costs nothing: why nothing was sent is told from
the event itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.cases.model import Case, Event
from chalicelib.vocabulary.channels import CHANNELS
from chalicelib.vocabulary.events import EVENTS, EventName
from chalicelib.vocabulary.events.meanings import OUR_WORK, Silent

ANSWERED = "提交时已直接答复，并有办件号"
JOINED = "与随后的缴费或者送达通知合并"


def why(name: EventName, data: Mapping[str, Any]) -> str:
    """Return why an event after the first has no message of its own; empty where it has. `data` are its facts.

    A grant is told by itself where what it gives has still to be made (制证); else the fee is asked or the result given in the same minute.
    """
    if name is EventName.GRANTED and not data.get("deemed"):
        return JOINED if data.get("fee_fen") or data.get("delivery") == "electronic" else ""
    return ""


def why_filed(channel: str, facts: Mapping[str, Any]) -> str:
    """Return why 收件 has no message of its own: who filed it himself, where he finds the answer again. `facts`: of the head."""
    return ANSWERED if CHANNELS[channel].answers and "agent" not in facts else ""


def of(case: Case, event: Event) -> str:
    """Return why nothing was sent of an event, as the timeline tells it; empty where something is, or nobody is ever told."""
    if event.name is EventName.SUBMITTED:
        return why_filed(case.channel, case.facts)
    tells = EVENTS[event.name].tells
    if isinstance(tells, Silent):
        return "" if tells is OUR_WORK else tells.why
    return why(event.name, event.data)


def served(event: Event) -> bool:
    """Tell whether an event tells of the decision, too: an electronic result is told of in the minute of the grant (第44条)."""
    return event.name is EventName.DELIVERED and event.data.get("method") == "electronic"
