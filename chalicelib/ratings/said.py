"""What a citizen said of how he was served, as it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chalicelib.cases import rights
from chalicelib.cases.rights import Act, Standing
from chalicelib.intake.model import Intake


@dataclass(frozen=True)
class Said:
    """What was said, by whom: `content` is a keyed hash by which the same is known when it comes twice."""

    intake: Intake
    now: datetime
    standing: frozenset[Standing]
    content: str = ""

    @property
    def owner(self) -> bool:
        """Whether who said it may rate by what he is on the case; else he needs a ticket."""
        return rights.may(self.standing, Act.RATE)

    @property
    def level(self) -> int:
        """5 best … 1 worst."""
        return int(self.intake.body["level"])

    @property
    def reasons(self) -> list[str]:
        """The codes chosen, each once."""
        return list(dict.fromkeys(self.intake.body.get("reasons", ())))

    @property
    def text(self) -> str:
        """His own words."""
        return str(self.intake.body.get("text", "")).strip()

    @property
    def ticket(self) -> str:
        """The ticket of the link he came by; '' without one."""
        return str(self.intake.body.get("ticket") or "")

    @property
    def anonymous(self) -> bool:
        """Whether the office is not to know who he is (匿名评价): unless he says otherwise."""
        return bool(self.intake.body.get("anonymous", True))
