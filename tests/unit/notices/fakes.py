"""Carriers and a queue in memory, and notices over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from chalicelib.cases.model import Event
from chalicelib.cases.service import Cases
from chalicelib.kernel.errors import PartyFault, PartyRefused, Unsure
from chalicelib.kernel.seal import Sealer
from chalicelib.notices.letters import Letters
from chalicelib.notices.model import LAST_TRY, SCHEDULE, Card, Retry, Sms
from chalicelib.notices.ports import Carriers
from chalicelib.notices.service import Notices
from chalicelib.vocabulary.channels import SessionKind
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status
from tests.unit.memory import LocalKeys, MemoryExpiring, MemoryStore, cases
from tests.unit.office import desk
from tests.unit.samples import NOW, Services, application

PHONE = "13800001234"


@dataclass
class Phones:
    """A carrier of SMS with a script: what happens at each call, `ok` when the script is at its end.

    ok · no (refused) · later (not taken up) · lost (silence, not sent) · gone (silence, but sent) · mute (only `find` fails)
    """

    script: list[str] = field(default_factory=list)
    exact: bool = True  # finds by our number, as Aliyun does; else lists what a phone got, as Tencent does
    name: str = "aliyun"
    patience: int | None = 10
    inbox: list[tuple[str, str, str, datetime]] = field(default_factory=list)  # phone, text, our number, when

    def _next(self) -> str:
        return self.script.pop(0) if self.script else "ok"

    def send(self, sms: Sms, now: datetime) -> str:
        step = self._next()
        if step == "no":
            raise PartyRefused(code="sms_bad_number")
        if step == "later":
            raise PartyFault(code="sms_limited")
        if step in ("lost", "mute"):
            raise Unsure()
        self.inbox.append((sms.phone, sms.text, sms.out_id, now))
        if step == "gone":
            raise Unsure()
        return f"sid-{len(self.inbox)}"

    def find(self, sms: Sms, since: datetime, now: datetime) -> Sequence[str]:
        if self.script and self.script[0] in ("mute", "later", "lost"):
            self.script.pop(0)
            raise PartyFault()
        if self.exact:
            return [sms.out_id for _, _, number, _ in self.inbox if number == sms.out_id]
        return [f"sid-{n}" for n, (phone, _, _, at) in enumerate(self.inbox, 1) if phone == sms.phone and at >= since]


@dataclass
class Cards:
    """A carrier of cards with a script: ok · no · later · gone."""

    script: list[str] = field(default_factory=list)
    inbox: list[Card] = field(default_factory=list)
    name: str = "wechat"
    app: SessionKind = "wechat"
    page: str = "pages/case/case"

    def template(self, event: str) -> Mapping[str, Any] | None:
        return {"id": f"T-{event}"} if event in ("submitted", "granted", "denied", "rating_invited") else None

    def send_card(self, card: Card, now: datetime) -> str:
        step = self.script.pop(0) if self.script else "ok"
        if step == "no":
            raise PartyRefused(code="wechat_user_refused")
        if step == "later":
            raise PartyFault(code="party_busy")
        self.inbox.append(card)
        if step == "gone":
            raise Unsure()
        return f"card-{len(self.inbox)}"


class MemoryQueue:
    """The queue: what is in it, and for how long what failed is hidden."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.hidden: list[int] = []

    def send(self, message: dict[str, Any]) -> None:
        self.messages.append(message)

    def later(self, receipt_handle: str, seconds: int) -> None:
        self.hidden.append(seconds)


class World:
    """Notices with everything around them, and one case told of."""

    def __init__(self, *, sms: Phones | None = None, cards: Cards | None = None, sender: str = f"tel:{PHONE}") -> None:
        self.store, self.expiring, self.queue = MemoryStore(), MemoryExpiring(), MemoryQueue()
        self.cases: Cases = cases(self.store)
        self.sms, self.cards = sms or Phones(), cards or Cards()
        self.linked: dict[str, str] = {}
        self.letters = Letters(self.cases, Services())
        self.expected: list[tuple[str, str]] = []
        self.notices = Notices(
            self.cases,
            self.expiring,
            self.queue,
            Sealer(LocalKeys(), "key"),
            lambda: Carriers(self.sms, self.cards),
            owner_of=self.linked.get,
            expect_rating=lambda phone, case_no, now: self.expected.append((phone, case_no)),
            link=lambda case_no, event: f"https://example.cn/cases/{case_no}",
            letters=self.letters,
        )
        channel = "miniprogram" if sender.startswith("wx:") else "web"
        filed = application(channel=channel, sender=sender)
        self.case_no: str = desk(self.cases, Services()).receive(filed, NOW).body["case_no"]

    def happen(self, name: str, to: Status | None = None, **data: Any) -> dict[str, Any]:
        """Let an event happen and return the message the stream puts into the queue for it."""
        case = self.cases.record(self.cases.head(self.case_no), Event(EventName(name), name, NOW, "", data), to)
        return {"case_no": self.case_no, "event": case.rev, "name": name}

    def first(self) -> dict[str, Any]:
        """The message of event 1."""
        return {"case_no": self.case_no, "event": 1, "name": "submitted"}

    def fate(self, message: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """The status and data of a notice."""
        row = self.cases.row(self.case_no, f"notice#{message['event']:06d}")
        return (row.status, row.data) if row else ("", {})

    def deliver(self, message: dict[str, Any], now: datetime = NOW, attempts: int = LAST_TRY) -> datetime:
        """Do as the queue does: deliver, and again by the schedule while it fails. Return when it was over."""
        for attempt in range(1, attempts + 1):
            try:
                self.notices.handle(message, now, attempt)
                return now
            except Retry:
                now += timedelta(seconds=SCHEDULE[min(attempt, len(SCHEDULE)) - 1])
        return now
