"""Notices, put together: they listen for what is to be told, and stand beside it on the timeline."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.capability import Capability
from chalicelib.kernel import config
from chalicelib.kernel.parts import queue
from chalicelib.vocabulary import events
from chalicelib.vocabulary.channels import subject
from chalicelib.vocabulary.events import EventName

if TYPE_CHECKING:
    from chalicelib.cases.model import CaseFile, Change
    from chalicelib.notices.ports import Carriers
    from chalicelib.notices.service import Notices


@cache
def carriers() -> Carriers:
    """Make those who carry messages: the SMS gateway the city chose, and who carries cards."""
    from chalicelib.notices.ports import Carriers
    from parties.registry import chosen

    return Carriers(chosen("sms"), chosen("cards"))


@cache
def notices() -> Notices:
    """Make what tells citizens; the outside is woken only when something is to be sent."""
    from chalicelib.cases.parts import cases
    from chalicelib.identity.parts import identity
    from chalicelib.kernel.parts import expiring, sealer
    from chalicelib.notices.service import Notices
    from chalicelib.ratings.parts import invitations

    return Notices(
        cases(),
        expiring(),
        queue("notices"),
        sealer(),
        carriers,
        owner_of=lambda phone: identity().owner_of(phone),
        expect_rating=lambda phone, case_no, now: invitations().invite(subject("sms", phone), case_no, now),
        link=_link,
    )


def _link(case_no: str, event: str) -> str:
    """The page an event sends its applicant to."""
    from chalicelib.ratings.parts import ratings

    if events.EVENTS[EventName(event)].invites:
        return ratings().link(case_no)
    return f"{config.public_url()}/cases/{case_no}"


def _tell(change: Change) -> None:
    """Queue a notice of what happened, where somebody is told of it."""
    if change.happened:
        _queue(change.new["case_no"], *change.happened)


def _carry_on(file: CaseFile) -> None:
    """Queue the notices of a case that have no fate yet; one that is on its way is sent once all the same."""
    from chalicelib.notices.model import notice_key

    for number, event in zip(file.numbers, file.events, strict=True):
        if file.row(notice_key(number)) is None:
            _queue(file.case.case_no, number, event.name)


def _queue(case_no: str, number: int, name: EventName) -> None:
    if events.message(name):
        queue("notices").send({"case_no": case_no, "event": number, "name": name})


def _beside(file: CaseFile) -> Mapping[int, dict[str, Any]]:
    """The fate of a notice stands beside the event it told."""
    from chalicelib.notices.model import KIND, notice_key

    rows = {row.key: row for row in file.of(KIND)}
    found = {}
    for number in file.numbers:
        row = rows.get(notice_key(number))
        if row is not None:
            fate = {"channel": row.data.get("channel") or "none", "status": row.status}
            found[number] = {"notice": fate | ({"reason": row.data["reason"]} if row.data.get("reason") else {})}
    return found


CAPABILITY = Capability(listeners={"notices": _tell}, carries_on=_carry_on, messenger=notices, beside=_beside)
