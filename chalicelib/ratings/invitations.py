"""Who was asked to rate what: a bare digit from them, days after the last word of a conversation, is then an answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from chalicelib.kernel import clock, ids
from chalicelib.kernel.expiring import Expiring
from chalicelib.kernel.retry import retried
from chalicelib.vocabulary.periods import RATING_WINDOW

INVITED = 5  # invitations remembered for one person
WINDOW = int(RATING_WINDOW.total_seconds())


class Invitations:
    """Remember who was asked to rate which case."""

    def __init__(self, expiring: Expiring, index_key: bytes) -> None:
        self._expiring, self._index_key = expiring, index_key

    def _key(self, sender: str) -> str:
        return f"expect#{ids.keyed(self._index_key, 'owner', sender)}"

    def invite(self, sender: str, case_no: str, now: datetime) -> None:
        """Expect a digit from `sender` for this case. Repeating is harmless."""
        self._change(sender, now, lambda kept: [*kept, {"case_no": case_no, "at": clock.iso(now)}], case_no)

    def settle(self, sender: str, case_no: str, now: datetime) -> None:
        """Expect nothing more for this case."""
        self._change(sender, now, lambda kept: kept, case_no)

    def latest(self, sender: str, now: datetime, after: str = "") -> str:
        """Return the case last invited for, if that was later than `after` (ISO); else empty."""
        kept, _ = self._expiring.get(self._key(sender), now)
        newest: dict[str, str] = (kept or {"cases": []})["cases"][-1:][0] if kept and kept["cases"] else {}
        return newest["case_no"] if newest and newest["at"] > after else ""

    def _change(self, sender: str, now: datetime, change: Callable[[list[Any]], list[Any]], case_no: str) -> None:
        def write() -> None:
            kept, rev = self._expiring.get(self._key(sender), now)
            before: list[Any] = kept["cases"] if kept else []
            cases = change([each for each in before if each["case_no"] != case_no])[-INVITED:]
            if cases != before:
                self._expiring.put(self._key(sender), {"cases": cases}, WINDOW, now, rev)

        retried(write)
