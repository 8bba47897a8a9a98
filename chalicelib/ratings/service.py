"""Rating (好差评): asked for at the end, given once and added to once (一事一评、可追评), never a reason to change the case.

Who rates proves it: signed in as the owner, by the phone on record, or with the one-time ticket of the link. What was written
is sealed: who works on the case sees the level and the reasons; the words, only the supervisor who has a bad rating put right
(核实、整改), each look on record. The rater is protected (国办发〔2019〕51号).
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from chalicelib.cases import rights
from chalicelib.cases.model import CLOSING, TASK, Case, CaseFile, Event, Row
from chalicelib.cases.rights import Act
from chalicelib.cases.service import NO_CASE, Cases
from chalicelib.catalogue.model import Services
from chalicelib.intake.model import Intake, Reply
from chalicelib.kernel import clock, ids
from chalicelib.kernel.errors import AppError, Conflict, Forbidden, NotFound
from chalicelib.kernel.retry import retried
from chalicelib.ratings import model, rules
from chalicelib.ratings.model import ADDITION, BAD, FIRST, KIND, RECTIFICATION
from chalicelib.tasks.model import Decision, prefix
from chalicelib.vocabulary.channels import CHANNELS
from chalicelib.vocabulary.codes import LEVELS
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import RATEABLE, Status


class Sealing(Protocol):
    """Seals what a citizen wrote, and opens it."""

    def seal(self, value: Any, place: str) -> bytes: ...
    def open(self, sealed: bytes, place: str) -> Any: ...


class Ratings:
    """The use cases of rating."""

    def __init__(self, cases: Cases, catalogue: Services, sealer: Sealing, key: bytes, public_url: str) -> None:
        self._cases, self._catalogue, self._sealer, self._key, self._public_url = (
            cases,
            catalogue,
            sealer,
            key,
            public_url,
        )

    # — asking —

    def invite(self, case_no: str, now: datetime) -> None:
        """Ask the applicant to rate, once, where the last word was no: a result is delivered with the question. Calling again is
        harmless."""
        retried(lambda: self._invite(case_no, now))

    def _invite(self, case_no: str, now: datetime) -> None:
        file = self._cases.whole(case_no)
        if file.case.status not in RATEABLE or "rate_until" in file.case.facts:
            return
        if file.of(KIND):
            self._cases.amend(file.case.invited(now))
        else:
            self._cases.record(file.case, Event(EventName.RATING_INVITED, "请您评价本次服务", now, "系统"))

    # — clock —

    def close_due(self, now: datetime) -> int:
        """Close every delivered case whose rating window is over (办结归档). Called by the clock; returns how many."""
        return self._cases.round(CLOSING, clock.iso(now), lambda row: self.close(row.case_no, now))

    def close(self, case_no: str, now: datetime) -> None:
        """Close a delivered case."""

        def end() -> None:
            case = self._cases.head(case_no)
            if case.status is Status.DELIVERED:
                event = Event(EventName.CLOSED, "办结归档", now, "系统")
                self._cases.record(case, event, Status.CLOSED, desk=None, due=None)

        retried(end)

    def link(self, case_no: str) -> str:
        """Write the address of the invitation, with its one-time ticket: for the applicant's eyes only, it stands in no event."""
        return f"{self._public_url}/rate/{case_no}?t={model.ticket(self._key, case_no)}"

    # — rating —

    def rate(self, intake: Intake, now: datetime) -> Reply:
        """Take a rating, or the one addition to it (追评); the same again gets the same answer.

        Raises InvalidInput naming `level`, `reasons` or `text`, NotFound for another's case, Forbidden for a ticket that is used
        or over, Conflict when it is too early, too late, or rated twice already.
        """
        body, channel = intake.body, intake.channel
        level, reasons, text = body["level"], list(dict.fromkeys(body.get("reasons", ()))), body.get("text", "").strip()
        rules.check(level, reasons, text)
        given = {"level": level, "reasons": reasons, "channel": channel, "platform": CHANNELS[channel].rating_code}
        return retried(lambda: self._rate(intake, given, text, now))

    def _rate(self, intake: Intake, given: dict[str, Any], text: str, now: datetime) -> Reply:
        case_no, sender = intake.body["case_no"], intake.sender
        try:
            file = self._cases.whole(case_no)
        except NotFound:
            raise _unknown(intake.body.get("ticket")) from None
        case, before = file.case, file.of(KIND)
        content = self._content(case_no, given, text)
        standing = self._cases.standings(case, intake.asker)
        owner = rights.may(standing, Act.RATE)
        if not owner:
            self._by_ticket(case, intake.body.get("ticket"), before, content, now)
        if before and before[-1].data["content"] == content:
            return rules.thanks(before[-1], case_no)
        if len(before) > 1:
            raise Conflict("本次服务已存在评价，请勿重复评价", code="already_rated")
        rules.in_time(case, now)
        row = self._row(case, given, content, text, before, sender if owner else None, now)
        return self._kept(file, row, rights.called(case, standing), now)

    def _by_ticket(self, case: Case, ticket: str | None, before: Sequence[Row], content: str, now: datetime) -> None:
        """Let the link's holder rate once. Raises NotFound, Forbidden."""
        if not ticket or "rate_until" not in case.facts or not model.is_ticket(ticket, self._key, case.case_no):
            raise _unknown(ticket)
        if rules.over(case, now):
            raise Forbidden("评价链接已过期", code="ticket_expired")
        if before and before[-1].data["content"] != content:
            raise Forbidden("评价链接只能用一次；如要追加评价，请登录后在“我的办件”中评价", code="ticket_used")

    def _content(self, case_no: str, given: dict[str, Any], text: str) -> str:
        """Hash what was said, to know it again when it comes twice; keyed, so that words cannot be guessed from it."""
        return ids.keyed(self._key, "rating", case_no, str(given["level"]), ",".join(given["reasons"]), text)

    def _row(
        self,
        case: Case,
        given: dict[str, Any],
        content: str,
        text: str,
        before: Sequence[Row],
        sender: str | None,
        now: datetime,
    ) -> Row:
        key = ADDITION if before else FIRST
        data = {
            **given,
            "content": content,
            "number": 2 if before else 1,  # assessNumber of the exchange: 1 首评, 2 追评
            "by": self._cases.owner(sender) if sender else "ticket",
            "at": clock.iso(now),
        }
        if text:
            data["text"] = base64.b64encode(self._sealer.seal(text, f"{case.case_no}|{key}")).decode()
        return Row(case.case_no, key, KIND, "given", data=data)

    # — putting right —

    def words(self, file: CaseFile) -> list[str]:
        """Open what the citizen wrote, the first rating first: for who puts it right, once the look is on record."""
        written = [row for row in file.of(KIND) if "text" in row.data]
        return [self._sealer.open(base64.b64decode(row.data["text"]), f"{row.case_no}|{row.key}") for row in written]

    def rectified(self, file: CaseFile, task: Row, decision: Decision, now: datetime) -> None:
        """Tell the applicant how a bad rating was put right, in the words of the department."""
        by, how = task.data["department_name"], decision.opinion
        event = Event(EventName.RECTIFIED, f"{by}已整改：{how}", now, by, {"reason": how})
        self._cases.record(file.case, event, rows=[task])

    def _kept(self, file: CaseFile, row: Row, by: str, now: datetime) -> Reply:
        case, level, addition = file.case, row.data["level"], row.key == ADDITION
        rows = [row]
        if level <= BAD and not any(each.key.startswith(prefix(RECTIFICATION)) for each in file.of(TASK)):
            rows.append(rules.rectification(case, self._catalogue.get(case.service, case.version), row, now))
        word = "追加评价" if addition else "评价"
        data = {
            "level": level,
            "platform": row.data["platform"],
            "reasons": row.data["reasons"],
            "number": row.data["number"],
        }
        event = Event(EventName.RATED, f"{by}{word}：{LEVELS[level]}", now, by, data)
        self._cases.record(case, event, rows=rows)
        return rules.thanks(row, case.case_no, created=True)


def _unknown(ticket: str | None) -> AppError:
    """Refuse who may not rate: told the same of a case and of none."""
    return Forbidden("评价链接无效", code="ticket_invalid") if ticket else NotFound(NO_CASE)
