"""Rating, put together: the workflow's step, what arrives at the desk, the task that puts a bad one right."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.capability import Capability
from chalicelib.cases.model import TASK
from chalicelib.ratings.model import KIND, RECTIFICATION
from chalicelib.tasks.model import Choice, Kind, prefix
from chalicelib.vocabulary.roles import Role
from chalicelib.vocabulary.statuses import RATEABLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.cases.model import CaseFile
    from chalicelib.catalogue.model import Service
    from chalicelib.identity.model import Session
    from chalicelib.ratings.invitations import Invitations
    from chalicelib.ratings.service import Ratings


@cache
def ratings() -> Ratings:
    """Make the use cases of rating; words of citizens are sealed."""
    from chalicelib.cases.parts import cases
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.kernel import config
    from chalicelib.kernel.parts import sealer
    from chalicelib.ratings.service import Ratings

    return Ratings(cases(), catalogue(), sealer(), config.key("case"), config.public_url())


@cache
def invitations() -> Invitations:
    """Make the memory of who was asked to rate what."""
    from chalicelib.kernel import config
    from chalicelib.kernel.parts import expiring
    from chalicelib.ratings.invitations import Invitations

    return Invitations(expiring(), config.key("index"))


def _page(file: CaseFile, service: Service) -> dict[str, Any]:
    from chalicelib.ratings import rules

    return {"rating": rules.shown(given) if (given := file.of(KIND)) else None}


def _in_clear(file: CaseFile, who: Session) -> dict[str, Callable[[], list[str]] | None]:
    asked = any(row.key.startswith(prefix(RECTIFICATION, who.department)) for row in file.of(TASK))
    mine = asked and Role.SUPERVISOR in who.roles
    return {"rating_words": (lambda: ratings().words(file)) if mine else None}


def _can(file: CaseFile) -> list[str]:
    return ["rate"] if file.case.status in RATEABLE and len(file.of(KIND)) < 2 else []


CAPABILITY = Capability(
    steps={"invite": lambda event, now: ratings().invite(event["case_no"], now)},
    rounds={"closed": lambda now: ratings().close_due(now)},
    receives={"rating": lambda intake, now: ratings().rate(intake, now)},
    tasks=(
        Kind(
            RECTIFICATION,
            "差评整改",
            Role.SUPERVISOR,
            {"approve": Choice("已整改", "请写明怎样整改的，会告诉评价人")},
            lambda *it: ratings().rectified(*it),
            owed=True,
        ),
    ),
    page=_page,
    in_clear=_in_clear,
    can=_can,
)
