"""The desk of all channels and the desks of departments, over whatever use cases a test brings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from chalicelib import wiring
from chalicelib.approvals.supplements import Supplements
from chalicelib.capability import Bars, Voids
from chalicelib.cases.service import Cases
from chalicelib.certificates.renewals import Renewals
from chalicelib.identity.model import Session
from chalicelib.intake.applications import Applications, CheckedServices, Files
from chalicelib.intake.service import Desk
from chalicelib.intake.status import StatusQueries
from chalicelib.intake.withdrawals import Withdrawals
from chalicelib.notices import facts
from chalicelib.ratings.guards import Guards
from chalicelib.ratings.revisits import Revisits
from chalicelib.ratings.service import Ratings, Sealing
from chalicelib.ratings.stepping import Stepping
from chalicelib.tasks.model import Follow
from chalicelib.tasks.service import Tasks
from tests.unit.memory import MemoryExpiring

KEY = b"case"


def no_files() -> Files:
    """Where nothing is handed in, the bucket is not even known."""
    raise AssertionError("the bucket was asked")


class AnyFiles:
    """A bucket where whatever is asked for lies; `asked` counts."""

    def __init__(self) -> None:
        self.asked = 0

    def pinned(self, sender: str, given: Sequence[Mapping[str, str]], names: Mapping[str, str]) -> list[dict[str, str]]:
        self.asked += len(given)
        return [{**each, "by": sender, "version": f"v{self.asked}"} for each in given]


def desk(
    cases: Cases,
    catalogue: CheckedServices,
    ratings: Ratings | None = None,
    files: Callable[[], Files] = no_files,
    voids: Sequence[Voids] = (),
    bars: Sequence[Bars] = (),
) -> Desk:
    """The real desk; without `ratings` nobody rates there, without `files` nobody hands one in."""
    return Desk(
        {
            "application": lambda intake, now: Applications(
                cases, catalogue, KEY, files, lambda: Renewals(cases, catalogue)
            ).accept(intake),
            "supplement": Supplements(cases, catalogue, KEY, files).hand_in,
            "withdrawal": Withdrawals(
                cases,
                catalogue,
                lambda: bars,
                lambda: voids,
                lambda: {code for code, kind in wiring.kinds().items() if kind.owed},
            ).withdraw,
            "query": StatusQueries(cases, MemoryExpiring(), KEY, facts.stands).tell,
        }
        | ({"rating": ratings.rate} if ratings else {})
    )


class Offices:
    """Whose telephones are those of staff, by number: the department."""

    def __init__(self) -> None:
        self.phones: dict[str, str] = {}

    def office_of(self, subject: str, phone: str) -> str:
        return self.phones.get(phone or subject, "")


def ratings(
    cases: Cases,
    catalogue: CheckedServices,
    sealer: Sealing,
    key: bytes = b"index",
    offices: Offices | None = None,
) -> Ratings:
    """The real use cases of rating."""
    stepping = Stepping(cases, catalogue)
    guards = Guards(MemoryExpiring(), lambda: offices or Offices(), b"index")
    return Ratings(cases, sealer, key, stepping, Revisits(stepping), guards)


class Colleagues:
    """The accounts of a few clerks, by user name."""

    def __init__(self, *clerks: Session) -> None:
        self._clerks = {each.subject.partition(":")[2]: each for each in clerks}

    def colleague(self, username: str) -> Session | None:
        return self._clerks.get(username)


def tasks(cases: Cases, follows: Mapping[str, Follow], *clerks: Session) -> Tasks:
    """The departments' desks: kinds of tasks as they are registered, each followed by what is under test."""
    kinds = {code: replace(wiring.kinds()[code], follow=follow) for code, follow in follows.items()}
    return Tasks(cases, kinds, lambda: Colleagues(*clerks))
