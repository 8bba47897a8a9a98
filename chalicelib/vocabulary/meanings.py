"""What is said of each event on its row (`events.EVENTS`): what it is called, whom it is told to, what follows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chalicelib.vocabulary.figures import Figure

Counted = Figure | Literal["nothing", "rated"]
"""Which figure of supervision goes up; a rating counts by its level."""
Work = Literal["approval", "payment", "delivery", "rating"]
"""What a case is carried through, each by a workflow of its own (`infra/workflows/<work>.asl.yaml`)."""


@dataclass(frozen=True)
class Message:
    """What the applicant is told: by SMS, on a WeChat card (`phrase` how the case stands, `note` what to do), on the telephone.

    `spoken`: for calls, which no carrier (`notices.carriers`) makes. `required`: told though he opted out (退订), by law or as time runs.
    """

    sms: str
    phrase: str
    note: str
    spoken: str
    required: bool = False


@dataclass(frozen=True)
class Silent:
    """Nobody is told of it, and why."""

    why: str


@dataclass(frozen=True)
class EventMeaning:
    """One row: the name on a timeline, whom it is told to, what it counts as, which work it begins (payment: where a fee is due),
    whether it asks for a rating, and the document (文书) the law wants of it (`documents/templates/<event>.toml` has its words)."""

    name: str
    tells: Message | Silent
    counts: Counted = "nothing"
    begins: Work | None = None
    invites: bool = False
    document: str = ""

    @property
    def followed(self) -> bool:
        """Whether the outbox has anything to do for it."""
        return self.begins is not None or self.document != "" or isinstance(self.tells, Message)
