"""The net under the engine's own events (`infra/resources/workflows.yaml`): what failed and no event told of.

The engine lists failures in the order in which they began, for ninety days, and what fails may have begun a year ago: every page is gone
over, `PAGES` a minute, from where the minute before stopped. A pass finds what failed between the moment the last one looked up to and its
own, so each failure is found once; begun again twice does no more than once all the same.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from itertools import product
from typing import Any, Protocol

from chalicelib.cases.service import ROUND
from chalicelib.kernel import clock, log
from chalicelib.kernel.expiring import Expiring
from chalicelib.vocabulary.events import Work

FAILED = ("FAILED", "TIMED_OUT", "ABORTED")
PAGES = 60  # of one round: the engine grants a few calls a second to all who look
PAGE = 1000  # executions
SETTLED = timedelta(minutes=1)  # a list tells of a failure some seconds late
FIRST = timedelta(days=1)  # how far back the first pass looks
KEY, KEPT = "resumed", 90 * 24 * 3600  # seconds


class Restarts(Protocol):
    """Where failed executions wait to be begun again: {"work", "name"}."""

    def send_all(self, messages: Sequence[dict[str, Any]]) -> None: ...


@dataclass(frozen=True)
class Pass:
    """Where a pass stands: it looks for what failed `since` … `until`, in list number `place`, from the page of `token` on."""

    since: str
    until: str
    place: int = 0
    token: str = ""


class Failures:
    """Go over what failed. `client` is a Step Functions client of botocore, `arns` names the workflow of each work."""

    def __init__(self, client: Any, arns: Mapping[Work, str], kept: Expiring, restarts: Restarts) -> None:
        self._client, self._arns, self._kept, self._restarts = client, arns, kept, restarts
        self._lists = tuple(product(arns, FAILED))

    def round(self, now: datetime, seconds: float = ROUND) -> int:
        """Go on with the pass, or begin the next, for `seconds` at most: the queue begins again what is found. Return how many were."""
        at, end, found = self._pass(now), time.monotonic() + seconds, 0
        try:
            for _ in range(PAGES):
                if at.place == len(self._lists):
                    break
                if time.monotonic() > end:
                    behind = (now - clock.parse(at.until)).total_seconds()
                    log.metric("RoundBehind", behind, round="resumed")
                    break
                failed, following = self._page(at)
                self._restarts.send_all(failed)
                at, found = following, found + len(failed)
        finally:
            self._kept.put(KEY, asdict(at), KEPT, now)
        return found

    def _pass(self, now: datetime) -> Pass:
        kept, _ = self._kept.get(KEY, now)
        at = Pass(**kept) if kept else None
        if at and at.place < len(self._lists):
            return at
        return Pass(since=at.until if at else clock.iso(now - FIRST), until=clock.iso(now - SETTLED))

    def _page(self, at: Pass) -> tuple[list[dict[str, Any]], Pass]:
        """Read a page: what failed in the time of the pass, and where to go on."""
        work, status = self._lists[at.place]
        following = {"nextToken": at.token} if at.token else {}
        try:
            page = self._client.list_executions(
                stateMachineArn=self._arns[work], statusFilter=status, maxResults=PAGE, **following
            )
        except self._client.exceptions.InvalidToken:  # it ends after a day: the list once more
            return [], replace(at, token="")
        since, until = clock.parse(at.since), clock.parse(at.until)
        names = [each["name"] for each in page["executions"] if since <= each["stopDate"] < until]
        token = page.get("nextToken", "")
        failed = [{"work": work, "name": name} for name in names]
        return failed, replace(at, token=token, place=at.place if token else at.place + 1)
