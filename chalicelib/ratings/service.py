"""Rating (好差评): asked for at the end, given once and added to once (一事一评、可追评), never a reason to change the case.

Who rates proves it: signed in as the owner, by the phone on record, or with the one-time ticket of the link. What was written
is sealed: the office sees the level and the reasons, whose own work it was not even those; the words, only the supervisor who has a bad
rating put right (核实、整改), each look on record. The rater is protected (国办发〔2019〕51号), and anonymous unless he says otherwise.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from chalicelib.cases import rights
from chalicelib.cases.asking import GIVEN, asked_again
from chalicelib.cases.model import Case, CaseFile, Event, Row
from chalicelib.cases.service import NO_CASE, Cases
from chalicelib.intake.model import Intake, Reply
from chalicelib.kernel import clock, ids
from chalicelib.kernel.errors import AppError, Conflict, Forbidden, NotFound
from chalicelib.kernel.retry import retried
from chalicelib.ratings import model, rectifications, rules
from chalicelib.ratings.guards import Guards
from chalicelib.ratings.model import ADDITION, AGAIN, FIRST, KIND
from chalicelib.ratings.revisits import Revisits
from chalicelib.ratings.said import Said
from chalicelib.ratings.stepping import Stepping
from chalicelib.vocabulary.channels import CHANNELS, TALKING
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.periods import RATING_HELD_WORKDAYS
from chalicelib.vocabulary.ratings import LEVELS


class Sealing(Protocol):
    """Seals what a citizen wrote, and opens it."""

    def seal(self, value: Any, place: str) -> bytes: ...
    def open(self, sealed: bytes, place: str) -> Any: ...


class Ratings:
    """Take ratings. `key` is that of tickets and of what was said."""

    def __init__(
        self, cases: Cases, sealer: Sealing, key: bytes, stepping: Stepping, revisits: Revisits, guards: Guards
    ) -> None:
        self._cases, self._sealer, self._key = cases, sealer, key
        self._by, self._revisits, self._guards = stepping, revisits, guards

    def rate(self, intake: Intake, now: datetime) -> Reply:
        """Take a rating, the one addition to it (追评), or what is said once a bad one was answered; the same again gets the same answer.

        Raises InvalidInput naming `level`, `reasons` or `text`, NotFound for another's case, Forbidden for staff, and for a ticket that
        is used or over, Conflict when it is too early, too late, or rated twice already.
        """
        body = intake.body
        rules.check(body["level"], list(dict.fromkeys(body.get("reasons", ()))), str(body.get("text", "")).strip())
        return retried(lambda: self._rate(intake, now))

    def _rate(self, intake: Intake, now: datetime) -> Reply:
        case_no, ticket = intake.body["case_no"], intake.body.get("ticket")
        try:
            file = self._cases.whole(case_no)
        except NotFound:
            raise _unknown(ticket) from None
        said = self._said(file.case, intake, now)
        again = self._means_again(file, said)
        self._may(file, said, again)
        self._guards.refuse_staff(file, intake, self._by.offices(file).department)
        if same := next((row for row in _last(file, again) if row.data["content"] == said.content), None):
            return rules.thanks(same, case_no)
        return self._rated_again(file, said) if again else self._rated(file, said)

    def _said(self, case: Case, intake: Intake, now: datetime) -> Said:
        """Hash what was said; keyed, so that words cannot be guessed from it."""
        said = Said(intake, now, self._cases.standings(case, intake.asker))
        words = ids.keyed(self._key, "rating", case.case_no, str(said.level), ",".join(said.reasons), said.text)
        return replace(said, content=words)

    def _means_again(self, file: CaseFile, said: Said) -> bool:
        """Tell whether it answers the question if what was rated badly is solved: where people talk, whenever that is asked."""
        if said.intake.body.get("again") or model.is_ticket(said.ticket, self._key, file.case.case_no, again=True):
            return True
        return said.intake.channel in TALKING and asked_again(file.case, said.now)

    # — who —

    def _may(self, file: CaseFile, said: Said, again: bool) -> None:
        """Let who may rate do it, and the link's holder once. Raises NotFound, Forbidden."""
        if said.owner:
            return
        case, first = file.case, model.is_ticket(said.ticket, self._key, file.case.case_no)
        if again:
            talked = first and said.intake.channel in TALKING  # who knew the last four of the identity number
            if not talked and not model.is_ticket(said.ticket, self._key, case.case_no, again=True):
                raise _unknown(said.ticket)
            return
        if not first or "rate_until" not in case.facts:
            raise _unknown(said.ticket)
        if rules.over(case, said.now):
            raise Forbidden("评价链接已过期", code="ticket_expired")
        before = file.of(KIND)
        if before and before[-1].data["content"] != said.content:
            raise Forbidden("评价链接只能用一次；如要追加评价，请登录后在“我的办件”中评价", code="ticket_used")

    # — what is kept —

    def _rated(self, file: CaseFile, said: Said) -> Reply:
        case, before, now = file.case, file.of(KIND), said.now
        if len(before) > 1:
            raise Conflict("本次服务已存在评价，请勿重复评价", code="already_rated")
        rules.in_time(case, now)
        held = not before and self._guards.burst(said.intake, case.case_no, now)
        number = len(before) + 1  # assessNumber of the exchange: 1 首评, 2 追评
        row = self._row(
            case, said, KIND, ADDITION if before else FIRST, number=number, **({"held": True} if held else {})
        )
        opened = [] if held else self._by.opening(file, row, now)
        data = {name: row.data[name] for name in ("level", "platform", "reasons", "number")} | {"opens": bool(opened)}
        by, word = self._called(case, said), "追加评价" if before else "评价"
        event = Event(
            EventName.RATED, f"{by}{word}：{LEVELS[said.level]}", now, by, data | ({"held": True} if held else {})
        )
        rows = [row, *opened, *([self._held(file, row, now)] if held else [])]
        self._cases.record(case.plus(**{GIVEN: number}), event, rows=rows)
        return rules.thanks(row, case.case_no, created=True, opened=bool(opened))

    def _held(self, file: CaseFile, row: Row, now: datetime) -> Row:
        """Return the task of the supervising department to look at a rating that is held."""
        return self._by.task(file, row, model.HELD, RATING_HELD_WORKDAYS, now, above=True)

    def _rated_again(self, file: CaseFile, said: Said) -> Reply:
        case, waits = file.case, rectifications.waiting(file)
        if waits is None or not asked_again(case, said.now):
            raise Conflict("这次差评的办理已经结束，如还有意见请拨打12345", code="rating_over")
        key = f"{AGAIN}#{len(file.of(AGAIN)) + 1}"
        row = self._row(case, said, AGAIN, key, number=3, **_known(said, waits))
        self._revisits.rated(file, waits, row, self._called(case, said), said.now)
        return rules.thanks(row, case.case_no, created=True)

    def _row(self, case: Case, said: Said, kind: str, key: str, **facts: Any) -> Row:
        channel = said.intake.channel
        data = {
            "level": said.level,
            "reasons": said.reasons,
            "channel": channel,
            "platform": CHANNELS[channel].rating_code,
            "anonymous": said.anonymous,
            "content": said.content,
            "by": self._cases.owner(said.intake.sender) if said.owner else "ticket",
            "at": clock.iso(said.now),
            **facts,
        }
        if said.text:
            data["text"] = base64.b64encode(self._sealer.seal(said.text, f"{case.case_no}|{key}")).decode()
        return Row(case.case_no, key, kind, "given", data=data)

    @staticmethod
    def _called(case: Case, said: Said) -> str:
        return "评价人" if said.anonymous else rights.called(case, said.standing)

    def words(self, file: CaseFile) -> list[str]:
        """Open what the citizen wrote, the first rating first: for who puts it right, once the look is on record."""
        written = [row for kind in (KIND, AGAIN) for row in file.of(kind) if "text" in row.data]
        return [self._sealer.open(base64.b64decode(row.data["text"]), f"{row.case_no}|{row.key}") for row in written]


def _last(file: CaseFile, again: bool) -> Iterator[Row]:
    """Yield what may have been said just now: who says once more, in another cycle, what he said before is no echo."""
    waits = rectifications.waiting(file)
    if not again:
        yield from file.of(KIND)[-1:]
    if not again or waits is None or any(row.data["cycle"] == waits.data["cycle"] for row in file.of(AGAIN)[-1:]):
        yield from file.of(AGAIN)[-1:]


def _known(said: Said, waits: Row) -> dict[str, Any]:
    """Return which time it is asked, whether the last, and whether he is anonymous: as before, unless he says so now."""
    anonymous = bool(said.intake.body.get("anonymous", not waits.data["named"]))
    cycle = waits.data["cycle"]
    return {"cycle": cycle, "last": cycle == model.CYCLES, "anonymous": anonymous}


def _unknown(ticket: str | None) -> AppError:
    """Refuse who may not rate: told the same of a case and of none."""
    return Forbidden("评价链接无效", code="ticket_invalid") if ticket else NotFound(NO_CASE)
