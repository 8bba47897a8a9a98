"""Who is who on a case, and what each may do: one table (`RIGHTS`), asked in one place (`Cases.allow`).

Filer, agent, contact and the offices are different people. Nobody is let see or do more than his part in the matter asks for
(《个人信息保护法》第6条); staff act in their own name, never in an applicant's. No session proves an identity number today, so
there is no row of the applicant as such: who applies himself is the filer (docs/decisions.md). Two proofs are no person's and
stand beside the table: number and last four characters tell how a case stands (`intake.status`), the link's ticket rates once
(`ratings`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from chalicelib.cases.model import Case, Row
from chalicelib.identity.model import Session
from chalicelib.vocabulary import channels
from chalicelib.vocabulary.roles import Role


class Standing(StrEnum):
    """What somebody is on one case."""

    FILER = "filer"  # sent it: the same session's subject, or the telephone that was his and the contact's when he did
    AGENT = "agent"  # 代办人: holds the telephone given for the agent
    CONTACT = "contact"  # holds the telephone on record
    HOLDER = "holder"  # holds it, where nobody can come back as the filer: a window, a visit to a kiosk, a call without a number
    WINDOW = "window"  # clerks of the window that filed it, or where it is worked on
    OFFICE = "office"  # who is of a department that works on it, or did
    CASHIER = "cashier"  # who takes money there and does nothing else
    OVERSIGHT = "oversight"  # every window and supervisor


class Act(StrEnum):
    """What can be done with a case. The codes of `codes.ACTS` are among them: a page offers those that are open now."""

    LOOK = "look"  # how it stands, personal data masked
    READ = "read"  # personal data in clear; by staff only for a purpose on record
    FILES = "files"  # open what was handed in; by staff on record
    DOCUMENTS = "documents"  # open what the offices wrote, with the applicant's name in clear; by staff on record
    SUPPLEMENT = "supplement"  # hand in materials
    AMEND = "amend"  # change the form where a correction was asked for
    WITHDRAW = "withdraw"
    PAY = "pay"
    RATE = "rate"
    DELIVER = "deliver"  # say where the result goes, and who may fetch it


RIGHTS: dict[Standing, frozenset[Act]] = {
    Standing.FILER: frozenset(Act),
    # Giving an application up takes more than the power to carry it through; whoever filed it may.
    Standing.AGENT: frozenset(Act) - {Act.WITHDRAW},
    # The office tells this telephone what is missing and what is owed, so it may be answered from there: nothing is learnt by
    # that, nothing in the form is changed.
    Standing.CONTACT: frozenset({Act.LOOK, Act.SUPPLEMENT, Act.PAY, Act.RATE}),
    # No more than that: what he cannot see he cannot change, and the window changes the form with whoever comes there.
    Standing.HOLDER: frozenset({Act.WITHDRAW}),
    # It prints for whoever stands there what he is to have on paper.
    Standing.WINDOW: frozenset({Act.LOOK, Act.SUPPLEMENT, Act.AMEND, Act.DOCUMENTS, Act.DELIVER}),
    Standing.OFFICE: frozenset({Act.LOOK, Act.READ, Act.FILES, Act.DOCUMENTS}),
    # A bill is taken without knowing whose life it is about; what was paid is printed for whoever stands there.
    Standing.CASHIER: frozenset({Act.LOOK, Act.DOCUMENTS}),
    Standing.OVERSIGHT: frozenset({Act.LOOK}),
}


@dataclass(frozen=True)
class Asker:
    """Who asks, as the way in proved it: a sender (`wx:…`, `tel:…`, `kiosk:…`), a telephone, or a post in an office."""

    sender: str
    phone: str = ""
    place: str = ""  # `<department>@<region>` of staff
    posts: frozenset[str] = field(default_factory=frozenset)

    @property
    def staff(self) -> bool:
        """Tell whether this is a person in office."""
        return self.place != ""

    @staticmethod
    def of(who: Session) -> Asker:
        """Who is signed in."""
        if who.staff:
            return Asker(who.subject, place=place(who.department, who.region), posts=frozenset(who.roles))
        return Asker(who.subject, who.phone or channels.who(who.subject, "sms"))

    @staticmethod
    def talking(sender: str) -> Asker:
        """Who talks, calls or writes; a telephone proves itself."""
        return Asker(sender, channels.who(sender, "sms"))


class Hashes(Protocol):
    """Hashes senders and telephones as the indexes do (`Cases`)."""

    def owner(self, sender: str) -> str: ...
    def phone(self, phone: str) -> str: ...


def place(department: str, region: str) -> str:
    """Write where staff sit."""
    return f"{department}@{region}"


def marks(asker: Asker, phone: str, agent: dict[str, Any] | None, hashes: Hashes) -> dict[str, Any]:
    """Return the facts of a new head by which its people are known again, beside its owner and the telephone on record."""
    found: dict[str, Any] = {"agent": _short(hashes.phone(agent["phone"]))} if agent else {}
    if asker.staff:
        return found | {"window": asker.place}
    if not channels.own(asker.sender):
        return found | {"visit": True}
    own = asker.phone == phone and asker.sender != channels.subject("sms", phone)
    return found | ({"own_phone": True} if own else {})


def standings(case: Case, asker: Asker, hashes: Hashes, tasks: Iterable[Row] = ()) -> frozenset[Standing]:
    """Return all that who asks is on a case; `tasks` are the case's, of which staff are asked whether one is theirs."""
    if asker.staff:
        return frozenset(_in_office(case, asker, tasks))
    return frozenset(_citizen(case, asker, hashes))


def _citizen(case: Case, asker: Asker, hashes: Hashes) -> Iterable[Standing]:
    senders = [asker.sender] + ([channels.subject("sms", asker.phone)] if asker.phone else [])
    hashed = hashes.phone(asker.phone) if asker.phone else ""
    contact = hashed != "" and case.phone_hash == hashed
    if case.owner in map(hashes.owner, senders) or (contact and case.facts.get("own_phone")):
        yield Standing.FILER
    if hashed and case.facts.get("agent") == _short(hashed):
        yield Standing.AGENT
    if contact:
        yield Standing.CONTACT
    if contact and gone(case):
        yield Standing.HOLDER


def gone(case: Case) -> bool:
    """Tell whether nobody can prove any more that he filed it."""
    return "window" in case.facts or "visit" in case.facts


def _in_office(case: Case, asker: Asker, tasks: Iterable[Row]) -> Iterable[Standing]:
    works = any(place(row.data.get("department", ""), row.data.get("region", "")) == asker.place for row in tasks)
    if works:
        yield Standing.CASHIER if asker.posts == {Role.CASHIER} else Standing.OFFICE
    if Role.CLERK in asker.posts and (works or case.facts.get("window") == asker.place):
        yield Standing.WINDOW
    if asker.posts & {Role.CLERK, Role.SUPERVISOR}:
        yield Standing.OVERSIGHT


def may(standing: Collection[Standing], act: Act) -> bool:
    """Tell whether somebody who is this on a case may do that."""
    return any(act in RIGHTS[each] for each in standing)


def instead(case: Case, act: Act) -> str:
    """Name to whoever may not do it those who may."""
    return able(case, act) or "办理部门的窗口"


def able(case: Case, act: Act) -> str:
    """Name those on the case who may do it for themselves; empty where nobody can."""
    nobody = gone(case)
    people = {
        Standing.FILER: "" if nobody else "提交申请的人",
        Standing.HOLDER: "用申请时所留手机号登录的人" if nobody else "",
        Standing.AGENT: "代办人" if "agent" in case.facts else "",
    }
    return "或".join(name for each, name in people.items() if name and act in RIGHTS[each])


def called(case: Case, standing: Collection[Standing]) -> str:
    """Name on the timeline who did something: what he is, never who. Whether the filer of an agent's case is the applicant, nobody
    knows."""
    filer = "提交人" if "agent" in case.facts else "申请人"
    names = {Standing.WINDOW: "窗口", Standing.AGENT: "代办人", Standing.FILER: filer, Standing.CONTACT: "联系人"}
    return next((name for each, name in names.items() if each in standing), "评价人")


def _short(hashed: str) -> str:
    return hashed[:16]
