"""Notices, put together: they listen for what is to be told, and stand beside it on the timeline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.capability import Capability
from chalicelib.cases.model import event_key
from chalicelib.kernel import config
from chalicelib.kernel.parts import queue
from chalicelib.vocabulary import events
from chalicelib.vocabulary.channels import subject
from chalicelib.vocabulary.events import EventName

if TYPE_CHECKING:
    from chalicelib.cases.model import Case, CaseFile, Change
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
    if (happened := change.happened) and events.message(happened[1]):
        queue("notices").send({"case_no": change.new["case_no"], "event": happened[0], "name": happened[1]})


def _owes(file: CaseFile) -> Iterator[str]:
    """Yield every event that is told and whose notice has no fate yet; one that is on its way is sent once all the same."""
    from chalicelib.notices.model import notice_key

    for number, event in zip(file.numbers, file.events, strict=True):
        if events.message(event.name) and file.row(notice_key(number)) is None:
            yield event_key(number)


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


def _stands(case: Case) -> str:
    from chalicelib.notices import facts

    return facts.stands(case)


CAPABILITY = Capability(
    listeners={"notices": _tell}, owes={"notices": _owes}, messenger=notices, beside=_beside, stands=_stands
)
