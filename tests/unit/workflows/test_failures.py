"""What failed and no event told of, over a Step Functions client in memory: found once, however many, from where the last round stopped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, get_args

import pytest

from chalicelib.vocabulary.events import Work
from chalicelib.workflows.failures import FAILED, FIRST, PAGE, PAGES, SETTLED, Failures
from tests.unit.memory import MemoryExpiring
from tests.unit.samples import NOW

ARNS: dict[Work, str] = {work: f"arn:stateMachine:{work}" for work in get_args(Work)}
BEFORE = list(ARNS).index("payment") * len(FAILED)  # lists that are read before the one of payments
MINUTE = timedelta(minutes=1)


class Lists:
    """The engine's lists by workflow and status, those that began last first; a token is the place in its list."""

    class exceptions:
        class InvalidToken(Exception):
            pass

    def __init__(self) -> None:
        self.ended: dict[tuple[str, str], list[tuple[str, datetime]]] = {}
        self.asked, self.forgets = 0, False

    def list_executions(
        self, *, stateMachineArn: str, statusFilter: str, maxResults: int, nextToken: str = "0"
    ) -> dict[str, Any]:
        self.asked += 1
        if self.forgets and nextToken != "0":
            self.forgets = False
            raise self.exceptions.InvalidToken
        first = int(nextToken)
        found = self.ended.get((stateMachineArn, statusFilter), [])
        page = [{"name": name, "stopDate": at} for name, at in found[first : first + maxResults]]
        more = {"nextToken": str(first + maxResults)} if len(found) > first + maxResults else {}
        return {"executions": page, **more}


class Net:
    """The rounds, each in a container of its own; `sent` is what the queue was told, `broken` how many calls it refuses."""

    def __init__(self, count: int = 0, work: Work = "payment", status: str = "FAILED", at: datetime = NOW) -> None:
        self.lists, self.kept, self.broken = Lists(), MemoryExpiring(), 0
        self.sent: list[dict[str, Any]] = []
        self.lists.ended[ARNS[work], status] = [(f"{number:012d}", at) for number in range(count)]

    def send_all(self, messages: Sequence[dict[str, Any]]) -> None:
        if self.broken and messages:
            self.broken -= 1
            raise OSError("down")
        self.sent += messages

    def round(self, now: datetime, seconds: float = 45) -> int:
        return Failures(self.lists, ARNS, self.kept, self).round(now, seconds)

    def rounds(self, number: int, since: datetime = NOW + SETTLED + MINUTE) -> list[int]:
        return [self.round(since + MINUTE * minute) for minute in range(number)]

    @property
    def names(self) -> list[str]:
        return [each["name"] for each in self.sent]


@pytest.mark.parametrize("work", ARNS)
@pytest.mark.parametrize("status", FAILED)
def test_what_failed_untold_is_found_on_every_page_once(status: str, work: Work) -> None:
    net = Net(2 * PAGE + 1, work, status)
    assert net.rounds(3) == [2 * PAGE + 1, 0, 0]
    assert net.sent[0] == {"work": work, "name": "000000000000"} and len(set(net.names)) == len(net.sent)


def test_of_lists_without_end_so_many_pages_are_read_a_minute_and_each_minute_goes_on() -> None:
    net = Net(2 * PAGES * PAGE)
    assert net.rounds(3) == [(PAGES - BEFORE) * PAGE, PAGES * PAGE, BEFORE * PAGE]
    assert len(set(net.names)) == len(net.sent) == 2 * PAGES * PAGE and net.lists.asked <= 3 * PAGES


def test_a_failure_of_what_began_long_before_is_found_in_the_next_pass_and_none_twice() -> None:
    net = Net(3)
    net.rounds(2)
    at = NOW + MINUTE * 10
    net.lists.ended[ARNS["payment"], "FAILED"].append(("999999999999", at))
    assert net.round(at + SETTLED) == 0, "not settled"
    assert net.round(at + SETTLED + MINUTE) == 1 and net.names[3:] == ["999999999999"]


def test_after_an_outage_of_days_it_looks_back_to_the_last_pass_and_the_first_time_a_day() -> None:
    net = Net(1, at=NOW - FIRST + SETTLED)
    net.lists.ended[ARNS["payment"], "ABORTED"] = [("long ago", NOW - FIRST - MINUTE)]
    assert net.round(NOW) == 1
    net.lists.ended[ARNS["rating"], "FAILED"] = [("while away", NOW + timedelta(days=3))]
    assert net.round(NOW + timedelta(days=9)) == 1


def test_a_round_that_does_not_come_to_its_end_says_so_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr("chalicelib.workflows.failures.log.metric", lambda *figure, **of: told.append((*figure, of)))
    net = Net(5)
    now = NOW + SETTLED + MINUTE
    assert net.round(now, seconds=-1) == 0 and not net.lists.asked
    assert net.round(now + 4 * MINUTE, seconds=-1) == 0
    assert told == [
        ("RoundBehind", 60.0, {"round": "resumed"}),
        ("RoundBehind", 300.0, {"round": "resumed"}),
    ]
    assert net.round(now + 5 * MINUTE) == 5


def test_what_the_queue_did_not_take_is_sent_the_next_minute() -> None:
    net = Net(PAGE + 5)
    net.broken = 1
    with pytest.raises(OSError, match="down"):
        net.round(NOW + SETTLED + MINUTE)
    assert net.lists.asked == BEFORE + 1
    assert net.rounds(2, NOW + SETTLED + 2 * MINUTE) == [PAGE + 5, 0]


def test_a_place_the_engine_forgot_is_looked_for_from_the_head_of_its_list() -> None:
    net = Net(2 * PAGE)
    net.lists.forgets = True
    assert net.round(NOW + SETTLED + MINUTE) == 3 * PAGE, "a page twice, which does no harm"
    assert len(set(net.names)) == 2 * PAGE
