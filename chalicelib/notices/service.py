"""Telling the citizen: by WeChat where a card may be sent, else by SMS; every notice with its fate on the case."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from chalicelib.cases.model import Case, Event
from chalicelib.cases.service import Cases
from chalicelib.kernel import clock, formats, log
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.seal import Sealer
from chalicelib.notices import receipts, sending, templates
from chalicelib.notices.book import Book, RowBook, SessionBook
from chalicelib.notices.model import (
    FAILED,
    GIVEN_UP,
    LAST_TRY,
    OPT_OUT_TTL,
    QUEUED,
    RECEIPT_WAIT,
    SCHEDULE,
    SENT,
    SKIPPED,
    UNCONFIRMED,
    Card,
    Delivered,
    Retry,
    Sms,
    out_id,
)
from chalicelib.notices.ports import Parties, Queue, Sessions


class Notices:
    """Notices of cases, replies to SMS, and one-time codes.

    `openid_of` finds the WeChat user who proved a phone; `expect_rating` lets the dialogue take the next digit from a phone as a
    rating; `link(case_no, event)` is the page an event sends its applicant to.
    """

    def __init__(
        self,
        cases: Cases,
        sessions: Sessions,
        queue: Queue,
        sealer: Sealer,
        parties: Callable[[], Parties],
        openid_of: Callable[[str], str | None],
        expect_rating: Callable[[str, str, datetime], None],
        link: Callable[[str, str], str],
    ) -> None:
        self._cases, self._sessions, self._queue, self._sealer = cases, sessions, queue, sealer
        self._parties, self._openid_of, self._expect_rating, self._link = parties, openid_of, expect_rating, link

    # — put into the queue —

    def say(self, phone: str, text: str, key: str, now: datetime) -> None:
        """Send a reply by SMS, once for each `key`. The queue holds it sealed."""
        self._enqueue(key, {"phone": phone, "text": text, "kind": "reply"})

    def say_code(self, phone: str, code: str, key: str, now: datetime, life: int) -> None:
        """Send a one-time code; after `life` seconds it is not sent any more."""
        text = templates.CODE.format(code=code)
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

    def later(self, receipt_handle: str, attempt: int) -> None:
        """Hide a message that failed for as long as the schedule says; after the last attempt the dead-letter queue has it."""
        if attempt < LAST_TRY:
            self._queue.later(receipt_handle, SCHEDULE[attempt - 1])

    def _say(self, said: dict[str, Any], now: datetime, attempt: int) -> None:
        key = said["key"]
        book = SessionBook(self._cases, self._sessions, key, now)
        if book.fate.done:
            return
        content = self._sealer.open(base64.b64decode(said["sealed"]), f"say|{key}")
        if content.get("until", clock.epoch(now) + 1) <= clock.epoch(now) and book.fate.status == QUEUED:
            book.write(now, status=SKIPPED, reason=templates.REASONS["stale"], code="stale")
            return
        number = "say-" + hashlib.sha256(key.encode()).hexdigest()[:32]
        facts = {"code": content["code"]} if "code" in content else {}
        sms = Sms(content["phone"], content["text"], content["kind"], number, facts=facts)
        with _giving_up(book, now, attempt):
            sending.send_sms(self._parties().sms, book, sms, now, lambda: None)

    def _tell(self, case_no: str, number: int, now: datetime, attempt: int) -> None:
        event = self._cases.event(case_no, number)
        if not templates.told(event.name):
            return
        book = RowBook(self._cases, self._sessions, case_no, number)
        if book.fate.done:
            return
        case = self._cases.opened(case_no)
        with _giving_up(book, now, attempt):
            phone = _phone(case)
            facts = templates.facts(case, event, self._link(case_no, event.name))
            if not self._by_card(book, case, event, phone, facts, now):
                self._by_sms(book, case, event, number, phone, facts, now)

    def _by_card(self, book: Book, case: Case, event: Event, phone: str, facts: dict[str, str], now: datetime) -> bool:
        """Try WeChat where there is somebody to send to and a template. True if nothing more is to be done."""
        sender = str((case.private or {}).get("sender", ""))
        openid = sender.removeprefix("wx:") if sender.startswith("wx:") else phone and self._openid_of(phone)
        parties = self._parties()
        template = parties.wechat.get("templates", {}).get(event.name)
        if not openid or not template or book.fate.channel == "sms":
            return False
        page = parties.wechat.get("page", "")
        card = Card(
            openid,
            template["id"],
            templates.card_fields(template, facts),
            f"{page}?case_no={case.case_no}" if page else "",
        )
        return sending.send_card(parties.cards, book, card, now)

    def _by_sms(
        self, book: Book, case: Case, event: Event, number: int, phone: str, facts: dict[str, str], now: datetime
    ) -> None:
        why = "no_phone" if not formats.mobile(phone) else ""
        if not why and event.name not in templates.LEGAL and self.opted_out(phone, now):
            why = "opted_out"
        if why and book.fate.wechat == "unsure":
            book.write(now, status=SENT, sent_at=book.fate.tried_at, reason=templates.REASONS[UNCONFIRMED])
        elif why:
            book.write(now, status=SKIPPED, reason=templates.REASONS[why], code=why)
        else:
            text = templates.sms_text(event.name, facts)
            sms = Sms(phone, text, "notice", out_id(case.case_no, number), event.name, facts)
            rate = event.name == "rating_invited"
            then = (lambda: self._expect_rating(phone, case.case_no, now)) if rate else (lambda: None)
            sending.send_sms(self._parties().sms, book, sms, now, then)

    # — receipts —

    def receipts(self, found: Sequence[Delivered], now: datetime) -> None:
        """Note what carriers report. Late, repeated and out-of-order receipts do no harm.

        Raises NotFound if one is of a message we have not written down yet, so that the carrier repeats it; after a day it is
        accepted and logged.
        """
        unknown = [each for each in found if not receipts.note(self._cases, self._sessions, each, now)]
        for each in unknown:
            log.warning("receipt of an unknown message", provider=each.provider, sid=each.sid)
        if any((now - each.at).total_seconds() < RECEIPT_WAIT for each in unknown):
            raise NotFound("没有这条短信的记录，请稍后再推送", code="unknown_message")

    # — opting out (退订) —

    def opt_out(self, phone: str, now: datetime) -> None:
        """Send no more SMS to this phone, but for what the law requires and answers to what it sends us."""
        self._sessions.put(f"optout#{self._cases.phone(phone)}", {"at": clock.iso(now)}, OPT_OUT_TTL, now)

    def opt_in(self, phone: str) -> None:
        """Send SMS to this phone again."""
        self._sessions.delete(f"optout#{self._cases.phone(phone)}")

    def opted_out(self, phone: str, now: datetime) -> bool:
        """Tell whether this phone wants no SMS."""
        return self._sessions.get(f"optout#{self._cases.phone(phone)}", now)[0] is not None


@contextmanager
def _giving_up(book: Book, now: datetime, attempt: int) -> Iterator[None]:
    """Write down what a message has come to when its last attempt ends in Retry; the queue's next step is the dead letters.

    It has failed only if it surely never went: a silence that could not be cleared up, of the SMS or of the card before it,
    counts as sent, unconfirmed.
    """
    try:
        yield
    except Retry:
        if attempt >= LAST_TRY:
            log.error("notice given up", code=book.fate.code)
            if book.fate.unsure or book.fate.wechat == "unsure":
                reason = templates.REASONS[UNCONFIRMED]
                book.write(now, status=SENT, sent_at=book.fate.tried_at, reason=reason, code=UNCONFIRMED)
            else:
                book.write(now, status=FAILED, reason=templates.REASONS[GIVEN_UP], code=GIVEN_UP)
        raise


def _phone(case: Case) -> str:
    """Return the phone to tell: of the contact, else the one the case was filed from."""
    private = case.private or {}
    sender = str(private.get("sender", ""))
    phone = (private.get("contact") or {}).get("phone") or (sender[4:] if sender.startswith("tel:") else "")
    return str(phone)
