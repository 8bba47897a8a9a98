"""Who wants no more text messages (退订: TD, T, R). Legal notices still go out: 《行政许可法》第32条, 第38条."""

from __future__ import annotations

from datetime import datetime

from chalicelib.dialogue.ports import Sessions
from chalicelib.kernel import clock, ids

KEPT = 5 * 366 * 24 * 3600  # seconds; then whoever still minds is asked to say so again


class OptOuts:
    """Remember phones, by keyed hash, that are to be left alone."""

    def __init__(self, sessions: Sessions, index_key: bytes) -> None:
        self._sessions, self._key = sessions, index_key

    def stop(self, phone: str, now: datetime) -> None:
        """Send no more notices to this phone. Repeating is harmless."""
        self._sessions.put(self._place(phone), {"at": clock.iso(now)}, KEPT, now)

    def start(self, phone: str) -> None:
        """Send notices to this phone again."""
        self._sessions.delete(self._place(phone))

    def stopped(self, phone: str, now: datetime) -> bool:
        """Tell whether this phone opted out."""
        return self._sessions.get(self._place(phone), now)[0] is not None

    def _place(self, phone: str) -> str:
        return f"optout#{ids.keyed(self._key, 'phone', phone)}"
