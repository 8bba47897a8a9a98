"""Notices, put together: they listen for what is to be told, and stand beside it on the timeline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.capability import Capability
from chalicelib.cases.model import event_key
from chalicelib.kernel import config
from chalicelib.kernel.parts import queue
from chalicelib.notices.model import LETTER
from chalicelib.tasks.model import Choice, Kind
from chalicelib.vocabulary import events
from chalicelib.vocabulary.channels import subject
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.roles import Role

if TYPE_CHECKING:
    from chalicelib.cases.model import Case, CaseFile, Change
    from chalicelib.notices.letters import Letters
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
        letters=letters(),
    )


@cache
def letters() -> Letters:
    """Make what goes on paper where no channel is open."""
    from chalicelib.cases.parts import cases
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.notices.letters import Letters

    return Letters(cases(), catalogue())


def _link(case_no: str, event: str) -> str:
    """The page an event sends its applicant to."""
    from chalicelib.ratings.parts import asking

    row = events.EVENTS[EventName(event)]
    if row.invites or row.asks_again:
        return asking().link(case_no, again=row.asks_again)
    return f"{config.public_url()}/cases/{case_no}"


def _tell(change: Change) -> None:
    """Queue a notice of what happened, where somebody is told of it by a message of its own."""
    if (happened := change.happened) and events.message(happened[1]) and not _merged(change, happened[0]):
        queue("notices").send({"case_no": change.new["case_no"], "event": happened[0], "name": happened[1]})


def _merged(change: Change, number: int) -> str:
    from chalicelib.notices import merged

    if number == 1:
        return merged.why_filed(change.new["channel"], change.data)
    return merged.why(EventName(change.data["name"]), change.data.get("data", {}))


def _owes(file: CaseFile) -> Iterator[str]:
    """Yield every event that is told and whose notice has no fate yet; one that is on its way is sent once all the same."""
    from chalicelib.notices import merged
    from chalicelib.notices.model import notice_key

    for number, event in zip(file.numbers, file.events, strict=True):
        told = events.message(event.name) and not merged.of(file.case, event)
        if told and file.row(notice_key(number)) is None:
            yield event_key(number)


def _beside(file: CaseFile) -> Mapping[int, dict[str, Any]]:
    """The fate of a notice stands beside the event it told, and why there is none where nothing was sent."""
    from chalicelib.notices import merged
    from chalicelib.notices.model import KIND, SKIPPED, Fate, notice_key

    rows = {row.key: row for row in file.of(KIND)}
    found = {}
    for number, event in zip(file.numbers, file.events, strict=True):
        row, why = rows.get(notice_key(number)), merged.of(file.case, event)
        if row is not None:
            fate = Fate.read(row.status, row.data)
            found[number] = _fate(fate.status, fate.channel, reason=fate.reason, next_at=fate.next_at)
        elif why:
            found[number] = _fate(SKIPPED, reason=why)
    return found


def _fate(status: str, channel: str = "", **more: str) -> dict[str, Any]:
    told = {"channel": channel or "none", "status": status} | {name: said for name, said in more.items() if said}
    return {"notice": told}


def _stands(case: Case) -> str:
    from chalicelib.notices import facts

    return facts.stands(case)


CAPABILITY = Capability(
    listeners={"notices": _tell},
    owes={"notices": _owes},
    tasks=(
        Kind(
            LETTER,
            "书面送达",
            Role.CLERK,
            {"approve": Choice("已送达", "请填写怎样送达的，如挂号信号码、当面签收或者电话告知的时间")},
            lambda *it: letters().posted(*it),
        ),
    ),
    messenger=notices,
    beside=_beside,
    stands=_stands,
)
