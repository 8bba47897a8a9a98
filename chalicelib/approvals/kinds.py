"""The kinds of tasks of approving: one for each kind of stage, and countersigning (会签)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.approvals.model import COUNTERSIGN
from chalicelib.tasks.model import Choice, Follow, Kind
from chalicelib.vocabulary.codes import OUTCOMES, STAGE_KINDS, Outcome, StageKind
from chalicelib.vocabulary.roles import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.cases.service import Cases

WHY = "不予同意应当说明理由"
ASKS = "请写明要对方部门看什么"
KINDS: dict[StageKind, tuple[Role, str, str]] = {
    "acceptance": (Role.CLERK, "受理", "不予受理"),
    "review": (Role.APPROVER, "通过", "不通过"),
    "decision": (Role.APPROVER, "准予", "不予"),
}
"""Who decides (受审分离, `vocabulary.roles`), and what yes and no are called."""


def kinds(follow: Follow, over: Callable[[Cases], Follow]) -> tuple[Kind, ...]:
    """Return them all, each followed by the same: `over` other cases where a paper is only looked at."""
    return (*(_kind(code, follow, over) for code in KINDS), _countersign(follow))


def _kind(code: StageKind, follow: Follow, over: Callable[[Cases], Follow]) -> Kind:
    role, approve, reject = KINDS[code]
    choices: dict[Outcome, Choice] = {
        "approve": Choice(approve, paper=code != "review"),
        "reject": Choice(reject, WHY, paper=code != "review", refuses=code != "review"),
        "correct": Choice("补正", paper=True),
    }
    if code != "acceptance":
        asking: tuple[Outcome, ...] = ("return", "countersign")
        choices |= {each: Choice(OUTCOMES[each], ASKS, to=True) for each in asking}
    return Kind(code, STAGE_KINDS[code], role, choices, follow, over)


def _countersign(follow: Follow) -> Kind:
    choices: dict[Outcome, Choice] = {"approve": Choice("同意"), "reject": Choice("不同意", WHY)}
    return Kind(COUNTERSIGN, OUTCOMES["countersign"], Role.APPROVER, choices, follow)
