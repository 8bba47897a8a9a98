"""Login codes, as an app gives them to its mini-program: five minutes, once."""

from __future__ import annotations

import secrets
from collections.abc import Callable

LIFE = 300  # seconds


class LoginCodes:
    """The codes given and not yet used. `clock` gives seconds since 1970."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._given: dict[str, tuple[str, float]] = {}

    def give(self, openid: str) -> str:
        """Make a code for a user."""
        moment = self._clock()
        self._given = {code: row for code, row in self._given.items() if row[1] > moment}
        code = "0" + secrets.token_hex(15) + "w"
        self._given[code] = (openid, moment + LIFE)
        return code

    def spend(self, code: str) -> str:
        """Use a code up and return whose it is; empty for one unknown, used or old."""
        openid, until = self._given.pop(code, ("", 0.0))
        return openid if until > self._clock() else ""
