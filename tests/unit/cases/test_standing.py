"""What the head keeps of how a case stands: the facts its event names, for as long as they hold, and few of them."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.cases import standing
from chalicelib.cases.items import head_attributes
from chalicelib.cases.model import Event
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status
from tests.unit.decided import Decided
from tests.unit.samples import NOW

WAY = {
    "reviewed_by": "成都市人民政府",
    "court": "有管辖权的人民法院",
    "reconsider_by": "2026-08-31",
    "sue_by": "2027-01-04",
}
NO: dict[str, Any] = {
    "reason": "未满十八周岁",
    "unmet": ["年满十八周岁"],
    "appeal": WAY | {"said": "如不服……", "received": "2026-07-01", "provisional": False},
    "promised_by": "2026-07-08",
}
REVOKED = {"result": "占道经营许可证", "reason": "依法注销", "certificate_no": "1234567890123459"}


def record(of: Decided, name: EventName, data: dict[str, Any], to: Status | None = None) -> None:
    of.cases.record(of.case, Event(name, "", NOW, data=data), to)


def test_article_38_a_refusal_keeps_why_and_where_to_turn_and_nothing_else() -> None:
    refused = Decided(Status.SUBMITTED)
    record(refused, EventName.DENIED, NO, Status.DENIED)
    told = standing.told(refused.case)
    assert told and told.name is EventName.DENIED
    assert told.data == {"reason": "未满十八周岁", "unmet": ["年满十八周岁"], "appeal": WAY}
    record(refused, EventName.RATING_INVITED, {})
    assert standing.told(refused.case) == told, "asking for a rating changes nothing of it"


def test_a_case_that_moves_on_says_no_more_what_it_waited_for() -> None:
    case = Decided()
    record(case, EventName.PAYMENT_REQUESTED, {"amount_fen": 8000, "until": "2026-07-31"}, Status.AWAITING_PAYMENT)
    assert standing.told(case.case)
    record(case, EventName.PAID, {"amount_fen": 8000}, Status.PRODUCING)
    assert standing.told(case.case) is None and "stands" not in case.case.facts


def test_a_revoked_certificate_is_told_after_the_case_is_put_away_too_until_another_takes_its_place() -> None:
    case = Decided(Status.DELIVERED)
    record(case, EventName.CERTIFICATE_REVOKED, REVOKED)
    record(case, EventName.CLOSED, {}, Status.CLOSED)
    told = standing.told(case.case)
    assert told and told.data == {"result": "占道经营许可证", "reason": "依法注销"}
    record(case, EventName.CERTIFICATE_REISSUED, REVOKED)
    told = standing.told(case.case)
    assert told and told.name is EventName.CERTIFICATE_REISSUED


def test_what_is_kept_is_short_whatever_was_written() -> None:
    case = Decided(Status.SUBMITTED)
    bare = _bytes(case)
    record(case, EventName.DENIED, NO, Status.DENIED)
    assert _bytes(case) - bare < 350
    long = Decided(Status.SUBMITTED)
    record(long, EventName.DENIED, NO | {"reason": "长" * 500, "unmet": ["条件" * 99] * 9}, Status.DENIED)
    assert _bytes(long) - bare < 1300, "the head is read in one unit of four kilobytes"


@pytest.mark.parametrize(("text", "limit", "short"), [("长长长", 3, "长长长"), ("长长长长", 3, "长长…"), ("", 3, "")])
def test_a_text_is_cut_and_shows_it(text: str, limit: int, short: str) -> None:
    assert standing.cut(text, limit) == short


def _bytes(of: Decided) -> int:
    return len(head_attributes(of.case)["data"]["S"].encode())
