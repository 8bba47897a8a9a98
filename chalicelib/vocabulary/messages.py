"""What people are told of an event: the words of each are on its row (`events.EVENTS`)."""

from __future__ import annotations

from dataclasses import dataclass


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
