"""What a notice is, and what may become of it.

          ┌──────────────── party down, limited ───────────────┐
          ▼                                                    │
       queued ──► sending ──► sent ──► delivered   (report)    │
          │          │  │       └────► failed      (report)    │
          ▼          │  └──────────────────────────────────────┘
       skipped       └──► failed    refused, or no try left and surely not gone

A report may come before we have written down what we sent: `delivered` can be reached from anywhere but `skipped`.

`sending` is written before the request leaves. Found again as `sending`, a notice may or may not have gone: the party is asked
(`find`) before anything is sent again. If no try is left to ask, it is `sent` with the code `unconfirmed`, never `failed`: only a
report, or the party asked again once the message is moved back from the dead letters, knows better.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.cases.model import numbered
from chalicelib.kernel import clock
from chalicelib.kernel.errors import PartyFault

KIND = "notice"
LETTER = "letter"  # the kind of task by which somebody hears on paper what no channel took to him, and its stage
_EVENT = re.compile(r"[0-9]{1,6}")

QUEUED, SENDING, SENT, DELIVERED, FAILED, SKIPPED = "queued", "sending", "sent", "delivered", "failed", "skipped"

# Every legal edge. What was skipped or failed may be sent on paper (`letters`). `failed` may change, and `sent` while unconfirmed: a
# message moved back from the dead letters is sent; a late report says delivered.
EDGES: dict[str, frozenset[str]] = {
    QUEUED: frozenset({SENDING, SENT, DELIVERED, FAILED, SKIPPED}),
    SENDING: frozenset({QUEUED, SENDING, SENT, DELIVERED, FAILED, SKIPPED}),
    SENT: frozenset({SENDING, DELIVERED, FAILED}),
    FAILED: frozenset({SENDING, SENT, DELIVERED}),
    DELIVERED: frozenset(),
    SKIPPED: frozenset({SENT}),
}
GIVEN_UP = "given_up"
"""The `code` of a notice that failed because no try was left: the only failed one that may be sent again."""
UNCONFIRMED = "unconfirmed"
"""The `code` of a notice whose last try met silence and was never cleared up: the only sent one that is asked for again."""

SCHEDULE = (5, 10, 20, 40, 80, 300, 900, 3600, 3600, 10800, 21600)
"""Seconds from one try to the next, some eleven hours in all; SQS hides a message for at most twelve hours."""
LAST_TRY = len(SCHEDULE) + 1
"""The try after which a notice has failed: the queue's `maxReceiveCount`."""

LEASE = 15
"""Seconds for which a notice marked `sending` is left to whoever marked it; one request takes at most six."""
CARD_TRIES = 5
"""Tries by card, while its carrier is down, before the SMS takes over."""
SAY_TTL = 3 * 24 * 3600
"""Seconds for which a reply or a code is remembered as sent."""
OPT_OUT_TTL = 20 * 365 * 24 * 3600
"""Seconds a refusal of SMS (退订) holds: until it is taken back."""
REPORT_WAIT = 24 * 3600
"""Seconds for which a report on an unknown message is sent back for the vendor to repeat."""


def wait(attempt: int) -> int | None:
    """Return the seconds after which a message that failed at this try is tried again; None after the last: dead letters have it."""
    return SCHEDULE[attempt - 1] if attempt < LAST_TRY else None


class Retry(PartyFault):
    """The notice could not be sent now, or not known to be sent; the queue brings it again."""

    code = "notice_later"


@dataclass(frozen=True)
class Fate:
    """What became of one message. `channel` is its way (`codes.NOTICE_WAYS`), `provider` who carried it, `sid` the carrier's number.

    `tries` counts requests to a party. `card` says how the card ended, so that none is tried again: `refused`, `down`, or `unsure`
    (one may have gone; its carrier cannot be asked, so no second one is sent). `reason` is Chinese, `code` is ours.
    """

    status: str = QUEUED
    channel: str = ""
    provider: str = ""
    sid: str = ""
    tries: int = 0
    card: str = ""
    reason: str = ""
    code: str = ""
    tried_at: str = ""
    sent_at: str = ""

    def with_(self, **changes: Any) -> Fate:
        """Return a copy with changes. Raises ValueError for a change of status that no edge allows."""
        new = changes.get("status", self.status)
        if new != self.status and new not in EDGES[self.status]:
            raise ValueError(f"a notice does not go from {self.status} to {new}")
        return replace(self, **changes)

    def seconds_since_try(self, now: datetime) -> float:
        """Seconds since the last request left; a very long time if none did."""
        return (now - clock.parse(self.tried_at)).total_seconds() if self.tried_at else 1e9

    def data(self) -> dict[str, Any]:
        """Write as JSON, without what is empty and without the status (a column of its own)."""
        return {name: value for name, value in vars(self).items() if value and name != "status"}

    @classmethod
    def read(cls, status: str, data: dict[str, Any]) -> Fate:
        """Read what `data` wrote."""
        return cls(
            status=status,
            **{name: data[name] for name in cls.__dataclass_fields__ if name in data and name != "status"},
        )

    @property
    def next_at(self) -> str:
        """When it is tried again, about; empty where it is not, or was not tried yet."""
        seconds = wait(self.tries) if self.tries and self.status in (QUEUED, SENDING) else None
        return clock.iso(clock.parse(self.tried_at) + timedelta(seconds=seconds)) if seconds and self.tried_at else ""

    @property
    def done(self) -> bool:
        """Tell whether nothing more is to be sent: an answer, a refusal and a report are final, giving up is not."""
        return self.status in (SENT, DELIVERED, FAILED, SKIPPED) and self.code not in (GIVEN_UP, UNCONFIRMED)

    @property
    def unsure(self) -> bool:
        """Tell whether the last request may have gone out without our knowing."""
        return self.status == SENDING or self.code == UNCONFIRMED


def notice_key(number: int) -> str:
    """Return the key of the notice of event `number`."""
    return numbered(KIND, number)


def out_id(case_no: str, number: int) -> str:
    """Return the number by which carriers know the notice of event `number`."""
    return f"{case_no}-{number}"


def number_of(key: str) -> int:
    """Read the number of the event back from `notice_key`."""
    return int(key.partition("#")[2])


def place(number: str) -> tuple[str, str] | None:
    """Read an `out_id` back into (case number, key of the notice); None if it is none."""
    case_no, dash, event = number.partition("-")
    return (case_no, notice_key(int(event))) if dash and case_no.isdecimal() and _EVENT.fullmatch(event) else None


@dataclass(frozen=True)
class Sms:
    """One short message. `kind` chooses the approved template: `code`, `notice` or `reply`.

    `facts` are the named values a template may take; `text` is the whole sentence. `out_id` is our own number for it.
    """

    phone: str
    text: str
    kind: str
    out_id: str
    event: str = ""
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Card:
    """One card for a user of an app: the fields as the app names them, already filled in."""

    user: str
    template_id: str
    fields: dict[str, str]
    page: str = ""


@dataclass(frozen=True)
class Report:
    """What a carrier reports of one SMS. `out_id` is ours where the carrier gives it back; `at` when the phone had it."""

    provider: str
    sid: str
    ok: bool
    at: datetime
    reason: str = ""
    out_id: str = ""
