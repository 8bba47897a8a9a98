"""Rating, put together: the workflow's step, what arrives at the desk, the tasks that put a bad one right."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.capability import Capability
from chalicelib.cases.asking import AGAIN as ASKED_UNTIL
from chalicelib.cases.asking import UNTIL
from chalicelib.cases.model import TASK
from chalicelib.ratings.model import (
    APPEAL,
    CONTACT,
    HELD,
    KIND,
    OVERSIGHT,
    RECTIFICATION,
    REVISIT,
    STATES,
    STORY,
    VERIFY,
    WORK,
    State,
)
from chalicelib.tasks.model import Choice, Kind
from chalicelib.vocabulary.roles import Role
from chalicelib.vocabulary.statuses import RATEABLE, STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from chalicelib.cases.model import CaseFile
    from chalicelib.catalogue.model import Service
    from chalicelib.identity.model import Session
    from chalicelib.ratings.asking import Asking
    from chalicelib.ratings.invitations import Invitations
    from chalicelib.ratings.rectifying import Rectifying
    from chalicelib.ratings.revisits import Revisits
    from chalicelib.ratings.service import Ratings
    from chalicelib.ratings.stepping import Stepping
    from chalicelib.vocabulary.codes import Outcome


@cache
def ratings() -> Ratings:
    """Make the use cases of rating; words of citizens are sealed."""
    from chalicelib.cases.parts import cases
    from chalicelib.identity.parts import identity
    from chalicelib.kernel import config
    from chalicelib.kernel.parts import expiring, sealer
    from chalicelib.ratings.guards import Guards
    from chalicelib.ratings.service import Ratings

    guards = Guards(expiring(), identity, config.key("index"))
    return Ratings(cases(), sealer(), config.key("case"), stepping(), revisits(), guards)


@cache
def asking() -> Asking:
    """Make what asks for a rating."""
    from chalicelib.cases.parts import cases
    from chalicelib.kernel import config
    from chalicelib.ratings.asking import Asking

    return Asking(cases(), config.key("case"), config.public_url())


@cache
def stepping() -> Stepping:
    """Make what every step of putting a bad rating right needs."""
    from chalicelib.cases.parts import cases
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.ratings.stepping import Stepping

    return Stepping(cases(), catalogue())


@cache
def revisits() -> Revisits:
    """Make what takes what is said once a bad rating was answered."""
    from chalicelib.ratings.revisits import Revisits

    return Revisits(stepping())


@cache
def rectifying() -> Rectifying:
    """Make what puts bad ratings right."""
    from chalicelib.ratings.rectifying import Rectifying

    return Rectifying(stepping(), revisits())


@cache
def invitations() -> Invitations:
    """Make the memory of who was asked to rate what."""
    from chalicelib.kernel import config
    from chalicelib.kernel.parts import expiring
    from chalicelib.ratings.invitations import Invitations

    return Invitations(expiring(), config.key("index"))


def _page(file: CaseFile, service: Service) -> dict[str, Any]:
    from chalicelib.ratings import rules

    return {"rating": rules.shown(file)}


def _staff_page(file: CaseFile, service: Service, who: Session) -> dict[str, Any]:
    """Show supervisors with a part in it how a bad rating is put right; whose own work was rated sees not even that it was."""
    from chalicelib.ratings import rectifications

    row = next(reversed(file.of(RECTIFICATION)), None)
    if file.of(KIND) and stepping().own_work(file, who.subject):
        return {"rating": None, "rectification": None}
    if row is None or not _supervises(file, who):
        return {"rectification": None}
    shown = {name: row.data[name] for name in ("level", "named", "cycle", "opened_on", "due")}
    state = {"state": row.status, "state_name": STATES[State(row.status)]}
    return {"rectification": shown | state | {"steps": rectifications.steps(file)}}


def _supervises(file: CaseFile, who: Session) -> bool:
    """Tell whether a supervisor's department has, or had, a task of a rating of this case."""
    mine = {row.data.get("department") for row in file.of(TASK) if row.data.get("kind") in WORK}
    return Role.SUPERVISOR in who.roles and who.department in mine


def _veils(file: CaseFile, who: Session) -> Collection[str]:
    return STORY if file.of(KIND) and stepping().own_work(file, who.subject) else ()


def _in_clear(file: CaseFile, who: Session) -> dict[str, Callable[[], list[str]] | None]:
    mine = _supervises(file, who) and not stepping().own_work(file, who.subject)
    return {"rating_words": (lambda: ratings().words(file)) if mine else None}


def _can(file: CaseFile) -> list[str]:
    """Offer it: after a no, once he was asked; what he said, once more; and where a bad rating was answered, whether it is solved."""
    case, given = file.case, len(file.of(KIND))
    mute = STATUSES[case.status].tone == "bad" and not given and UNTIL not in case.facts
    open_ = case.status in RATEABLE and given < 2 and not mute
    return ["rate"] if open_ or case.facts.get(ASKED_UNTIL) else []


HOW = "请写明怎样联系的、评价人怎么说，只有办理差评的人看得到"
NOT_REACHED = Choice("没有联系上", "请写明什么时候、拨打了几次")
CHOICES: dict[str, Mapping[Outcome, Choice]] = {
    CONTACT: {"approve": Choice("已联系", HOW), "missed": NOT_REACHED},
    VERIFY: {
        "approve": Choice("属实", "请写明核实的情况"),
        "reject": Choice("不属实", "请写明核实的情况"),
        "appeal": Choice("申诉", "请写明为什么是误评或者恶意评价，复核的部门会看到它"),
    },
    RECTIFICATION: {
        "approve": Choice("整改回复", "请写明怎样整改的，会告诉评价人"),
        "reject": Choice("说明情况", "请写明为什么不能整改，会告诉评价人"),
    },
    REVISIT: {
        "approve": Choice("已解决", "请写明评价人怎么说，只有办理差评的人看得到"),
        "reject": Choice("没有解决", "请写明评价人怎么说，只有办理差评的人看得到"),
        "missed": NOT_REACHED,
    },
    APPEAL: {
        "approve": Choice("申诉成立，不计入", "请写明理由，会告诉评价人"),
        "reject": Choice("申诉不成立", "请写明理由，办理部门和评价人看得到"),
    },
    OVERSIGHT: {"approve": Choice("已督办", "请写明怎样督办的，评价人看得到")},
    HELD: {"approve": Choice("计入"), "reject": Choice("不计入", "请写明理由，会告诉评价人")},
}
"""What may be decided at each step."""

CAPABILITY = Capability(
    steps={"invite": lambda event, now: asking().invite(event["case_no"], now)},
    rounds={
        "closed": lambda now: asking().close_due(now),
        "invited": lambda now: asking().ask_due(now),
        "revisited": lambda now: revisits().end_due(now),
    },
    receives={"rating": lambda intake, now: ratings().rate(intake, now)},
    tasks=tuple(
        Kind(code, name, Role.SUPERVISOR, CHOICES[code], lambda *it: rectifying().follow(*it), owed=True)
        for code, name in WORK.items()
    ),
    page=_page,
    staff_page=_staff_page,
    veils=_veils,
    in_clear=_in_clear,
    can=_can,
)
