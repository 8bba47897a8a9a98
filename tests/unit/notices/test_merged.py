"""Three or four messages a case: what is said by another message has none of its own, and says why."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.catalogue.loader import load
from chalicelib.catalogue.model import Service
from chalicelib.notices import merged
from chalicelib.vocabulary.channels import CHANNELS, OF_SESSION
from chalicelib.vocabulary.events import EventName, message

E = EventName
SERVICES = {each.code: each for each in load("services")}


def road(service: Service, delivery: str) -> list[tuple[EventName, dict[str, Any]]]:
    """What happens of a case that nothing befalls, from its acceptance on."""
    fee = 8000 if service.fee else 0
    way = {"pickup": [E.READY_FOR_PICKUP], "courier": [E.DISPATCHED, E.TRACKED]}.get(delivery, [])
    accepted = [E.ACCEPTED] if service.stages[0].kind == "acceptance" else []
    paying = [E.PAYMENT_REQUESTED, E.PAID] if fee else []
    names = [E.ASSIGNED, *accepted, E.GRANTED, *paying, *way, E.DELIVERED, E.RATED, E.CLOSED]
    return [(name, {"fee_fen": fee, "delivery": delivery}) for name in names]


@pytest.mark.parametrize("channel", sorted(OF_SESSION.values()))
@pytest.mark.parametrize(
    ("code", "delivery"), [(code, way) for code, each in sorted(SERVICES.items()) for way in each.delivery]
)
def test_a_simple_case_is_told_of_four_times_at_most(code: str, delivery: str, channel: str) -> None:
    service = SERVICES[code]
    told = [name for name, data in road(service, delivery) if message(name) and not merged.why(name, data)]
    receipt = not merged.why_filed(channel, {})
    assert len(told) <= 4 and len(told) + receipt <= 5, told
    assert E.DELIVERED in told, "whoever is told nothing else hears of the end"
    if not receipt:
        return
    assert channel in ("window", "kiosk"), "who files at the office goes home with nothing but this"


def test_a_grant_is_told_by_itself_where_what_it_gives_has_still_to_be_made() -> None:
    why = {
        (fee, way): bool(merged.why(E.GRANTED, {"fee_fen": fee, "delivery": way}))
        for fee in (0, 8000)
        for way in ("electronic", "pickup", "courier")
    }
    assert [case for case, said in why.items() if not said] == [(0, "pickup"), (0, "courier")]
    assert not merged.why(E.GRANTED, {"delivery": "electronic", "deemed": True}), "the law granted it: that is news"


@pytest.mark.parametrize("channel", sorted(CHANNELS))
def test_whoever_somebody_else_filed_for_hears_of_it(channel: str) -> None:
    assert not merged.why_filed(channel, {"agent": "h"})
