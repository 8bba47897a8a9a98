"""Telling the citizen: by a card where one may be sent, else by SMS; every notice with its fate on the case."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.cases import rights
from chalicelib.cases.model import Case, Event
from chalicelib.cases.rights import Act, Asker
from chalicelib.cases.service import Cases
from chalicelib.kernel import clock, formats, log
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.expiring import Expiring
from chalicelib.kernel.seal import Sealer
from chalicelib.notices import facts, merged, reports, sending
from chalicelib.notices.fate import CaseFate, ExpiringFate, FateRecord
from chalicelib.notices.letters import Letters
from chalicelib.notices.model import (
    FAILED,
    GIVEN_UP,
    LAST_TRY,
    OPT_OUT_TTL,
    QUEUED,
    REPORT_WAIT,
    SENT,
    SKIPPED,
    UNCONFIRMED,
    Card,
    Report,
    Retry,
    Sms,
    notice_key,
)
from chalicelib.notices.ports import Carriers, Queue
from chalicelib.vocabulary import events
from chalicelib.vocabulary.channels import subject, who
from chalicelib.vocabulary.events.meanings import Message


class Notices:
    """Notices of cases, replies to SMS, and one-time codes.

    `owner_of` finds the mini-program's user who proved a phone; `expect_rating` lets the dialogue take the next digit from a phone as a
    rating; `link(case_no, event)` is the page an event sends its applicant to.
    """

    def __init__(
        self,
        cases: Cases,
        expiring: Expiring,
        queue: Queue,
        sealer: Sealer,
        carriers: Callable[[], Carriers],
        owner_of: Callable[[str], str | None],
        expect_rating: Callable[[str, str, datetime], None],
        link: Callable[[str, str], str],
        letters: Letters,
    ) -> None:
        self._cases, self._expiring, self._queue, self._sealer = cases, expiring, queue, sealer
        self._carriers, self._owner_of, self._expect_rating, self._link = carriers, owner_of, expect_rating, link
        self._letters = letters

    # — put into the queue —

    def say(self, phone: str, text: str, key: str, now: datetime) -> None:
        """Send a reply by SMS, once for each `key`. The queue holds it sealed."""
        self._enqueue(key, {"phone": phone, "text": text, "kind": "reply"})

    def say_code(self, phone: str, code: str, key: str, now: datetime, life: int) -> None:
        """Send a one-time code; after `life` seconds it is not sent any more."""
        text = facts.CODE.format(code=code)
        content = {"phone": phone, "text": text, "kind": "code", "code": code, "until": clock.epoch(now) + life}
        self._enqueue(key, content)

    def _enqueue(self, key: str, content: dict[str, Any]) -> None:
        sealed = base64.b64encode(self._sealer.seal(content, f"say|{key}")).decode()
        self._queue.send({"say": {"sealed": sealed, "key": key}})

    # — take from the queue —

    def handle(self, message: dict[str, Any], now: datetime, attempt: int = 1) -> None:
        """Send what a message asks for; a message that comes again does nothing more.

        `attempt` counts deliveries of this message by the queue; at the last one it is given up. Raises Retry for "later".
        """
        if "say" in message:
            self._say(message["say"], now, attempt)
        else:
            self._tell(str(message["case_no"]), int(message["event"]), now, attempt)

    def _say(self, said: dict[str, Any], now: datetime, attempt: int) -> None:
        key = said["key"]
        record = ExpiringFate(self._cases, self._expiring, key, now)
        if record.fate.done:
            return
        content = self._sealer.open(base64.b64decode(said["sealed"]), f"say|{key}")
        if content.get("until", clock.epoch(now) + 1) <= clock.epoch(now) and record.fate.status == QUEUED:
            record.write(now, status=SKIPPED, reason=facts.REASONS["stale"], code="stale")
            return
        number = "say-" + hashlib.sha256(key.encode()).hexdigest()[:32]
        values = {"code": content["code"]} if "code" in content else {}
        sms = Sms(content["phone"], content["text"], content["kind"], number, facts=values)
        with _giving_up(record, now, attempt):
            sending.send_sms(self._carriers().sms, record, sms, now, lambda: None)

    def _tell(self, case_no: str, number: int, now: datetime, attempt: int) -> None:
        file = self._cases.whole(case_no, until=notice_key(number))  # head, events and notices come first in it
        event = file.event(number)
        message = events.message(event.name)
        if message is None:
            return
        record = CaseFate(self._cases, self._expiring, file, number)
        try:
            if not record.fate.done:
                self._send(record, self._cases.open(file.case), event, message, now, attempt)
        finally:
            if message.required and record.fate.status in (FAILED, SKIPPED):
                self._letters.follow(case_no, number, now)

    def _send(self, record: CaseFate, case: Case, event: Event, message: Message, now: datetime, attempt: int) -> None:
        with _giving_up(record, now, attempt):
            phone = _phone(case)
            asker = Asker.talking(subject("sms", phone))
            amends = rights.may(self._cases.standings(case, asker), Act.AMEND)
            told = replace(event, data={**event.data, "pickup_code": self._cases.pickup_code(case.case_no)})
            values = facts.facts(case, told, message, self._link(case.case_no, event.name), amends)
            if not self._by_card(record, case, event, phone, values, now):
                self._by_sms(record, case, event, message, phone, values, now)

    def _by_card(
        self, record: FateRecord, case: Case, event: Event, phone: str, values: dict[str, str], now: datetime
    ) -> bool:
        """Try a card where there is somebody to send to and a template. True if nothing more is to be done."""
        sender = str((case.private or {}).get("sender", ""))
        cards = self._carriers().cards
        user = who(sender, cards.app) or who((phone and self._owner_of(phone)) or "", cards.app)
        template = cards.template(event.name)
        if not user or not template or record.fate.channel == "sms":
            return False
        page = f"{cards.page}?case_no={case.case_no}" if cards.page else ""
        card = Card(user, template["id"], facts.card_fields(template, values), page)
        return sending.send_card(cards, record, card, now)

    def _by_sms(
        self,
        record: CaseFate,
        case: Case,
        event: Event,
        message: Message,
        phone: str,
        values: dict[str, str],
        now: datetime,
    ) -> None:
        why = "no_phone" if not formats.mobile(phone) else ""
        if not why and not (message.required or merged.served(event)) and self.opted_out(phone, now):
            why = "opted_out"
        if why and record.fate.card == "unsure":
            record.write(now, status=SENT, sent_at=record.fate.tried_at, reason=facts.REASONS[UNCONFIRMED])
        elif why:
            record.write(now, status=SKIPPED, reason=facts.REASONS[why], code=why)
        else:
            text = message.sms.format_map(values)
            sms = Sms(phone, text, "notice", record.out_id, event.name, values)
            row = events.EVENTS[event.name]
            rate = row.invites or row.asks_again
            then = (lambda: self._expect_rating(phone, case.case_no, now)) if rate else (lambda: None)
            sending.send_sms(self._carriers().sms, record, sms, now, then)

    # — reports —

    def reported(self, found: Sequence[Report], now: datetime) -> None:
        """Note what carriers report. Late, repeated and out-of-order reports do no harm.

        Raises NotFound if one is of a message we have not written down yet, so that the carrier repeats it; after a day it is
        accepted and logged.
        """
        unknown = [each for each in found if not self._noted(each, now)]
        for each in unknown:
            log.warning("report on an unknown message", provider=each.provider, sid=each.sid)
        if any((now - each.at).total_seconds() < REPORT_WAIT for each in unknown):
            raise NotFound("没有这条短信的记录，请稍后再推送", code="unknown_message")

    def _noted(self, report: Report, now: datetime) -> bool:
        def then(case_no: str, number: int) -> None:
            self._letters.follow(case_no, number, now)

        return reports.note(self._cases, self._expiring, report, now, then)

    # — opting out (退订) —

    def opt_out(self, phone: str, now: datetime) -> None:
        """Send no more SMS to this phone, but for what the law requires and answers to what it sends us."""
        self._expiring.put(f"optout#{self._cases.phone(phone)}", {"at": clock.iso(now)}, OPT_OUT_TTL, now)

    def opt_in(self, phone: str) -> None:
        """Send SMS to this phone again."""
        self._expiring.delete(f"optout#{self._cases.phone(phone)}")

    def opted_out(self, phone: str, now: datetime) -> bool:
        """Tell whether this phone wants no SMS."""
        return self._expiring.get(f"optout#{self._cases.phone(phone)}", now)[0] is not None


@contextmanager
def _giving_up(record: FateRecord, now: datetime, attempt: int) -> Iterator[None]:
    """Write down what a message has come to when its last attempt ends in Retry; the queue's next step is the dead letters.

    It has failed only if it surely never went: a silence that could not be cleared up, of the SMS or of the card before it,
    counts as sent, unconfirmed.
    """
    try:
        yield
    except Retry:
        if attempt >= LAST_TRY:
            log.error("notice given up", code=record.fate.code)
            if record.fate.unsure or record.fate.card == "unsure":
                reason = facts.REASONS[UNCONFIRMED]
                record.write(now, status=SENT, sent_at=record.fate.tried_at, reason=reason, code=UNCONFIRMED)
            else:
                record.write(now, status=FAILED, reason=facts.REASONS[GIVEN_UP], code=GIVEN_UP)
        raise


def _phone(case: Case) -> str:
    """Return the phone to tell: of the contact, else the one the case was filed from."""
    private = case.private or {}
    sender = str(private.get("sender", ""))
    phone = (private.get("contact") or {}).get("phone") or who(sender, "sms")
    return str(phone)
