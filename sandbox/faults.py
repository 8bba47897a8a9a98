"""Faults on demand: a far end that is down, slow, in error, or repeats itself, for some seconds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from chalicelib.kernel.errors import InvalidInput

Endpoint = Callable[[Request], Awaitable[Response]]

MODES = ("down", "slow", "error", "duplicate")
CALLBACK = ("down", "slow", "duplicate")
"""Of what a far end tells us: there is nothing to answer with an error."""


@dataclass(frozen=True)
class Breakable:
    """What can be at fault: a far end, or what it tells us. `party` is what the driving API calls it, `name` what the page does."""

    party: str
    name: str
    modes: tuple[str, ...] = MODES


_LONGEST = 24 * 3600


class Faults:
    """The faults in force, at most one per party. `slow_seconds` is how late a slow answer comes."""

    def __init__(
        self,
        breakable: Iterable[Breakable],
        clock: Callable[[], float] = time.monotonic,
        slow_seconds: float = 10.0,
    ) -> None:
        self.breakable = {each.party: each for each in breakable}
        self._clock = clock
        self._active: dict[str, tuple[str, float]] = {}
        self.slow_seconds = slow_seconds

    def put(self, body: dict[str, Any]) -> None:
        """Set or clear (`seconds` 0) one fault. Raises InvalidInput with a Chinese sentence."""
        party, mode, seconds = body.get("party"), body.get("mode"), body.get("seconds")
        if not isinstance(party, str) or party not in self.breakable:
            raise InvalidInput(f"不认识的对方：可选 {'、'.join(self.breakable)}")
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not 0 <= seconds <= _LONGEST:
            raise InvalidInput("seconds 应为 0 到 86400 之间的秒数，0 表示恢复正常")
        if seconds == 0:
            self._active.pop(party, None)
            return
        if mode not in (known := self.breakable[party]).modes:
            raise InvalidInput(f"{known.name}可选的故障：{'、'.join(known.modes)}")
        self._active[party] = (str(mode), self._clock() + seconds)

    def mode(self, party: str) -> str | None:
        """Return the fault in force for a party, or None."""
        mode, until = self._active.get(party, ("", 0.0))
        if mode and until <= self._clock():
            self._active.pop(party, None)
            return None
        return mode or None

    def list(self) -> list[dict[str, Any]]:
        """Return the faults in force with the seconds that are left."""
        rows = [(party, self.mode(party)) for party in self.breakable]
        left = {party: round(until - self._clock(), 1) for party, (_, until) in self._active.items()}
        return [
            {"party": party, "name": self.breakable[party].name, "mode": mode, "seconds_left": left[party]}
            for party, mode in rows
            if mode
        ]

    async def over(self, party: str, mode: str) -> None:
        """Wait until a fault of this mode no longer holds."""
        while self.mode(party) == mode:
            await asyncio.sleep(min(1.0, max(0.02, self._active[party][1] - self._clock())))

    def guard(self, party: str, endpoint: Endpoint, error: Callable[[], Response]) -> Endpoint:
        """Wrap a far end's endpoint so that faults in force strike it. A slow one has done its work when it answers."""

        async def guarded(request: Request) -> Response:
            mode = self.mode(party)
            if mode == "down":
                return await drop(request)
            if mode == "error":
                return error()
            response = await endpoint(request)
            if mode == "slow":
                await asyncio.sleep(self.slow_seconds)
            return response

        return guarded


async def drop(request: Request) -> Response:
    """Cut the connection without an answer where the server lets us reach it (uvicorn does); elsewhere a bare 503."""
    cycle = getattr(request.receive, "__self__", None)
    transport = getattr(cycle, "transport", None)
    if transport is not None:
        transport.abort()
        await asyncio.sleep(0)  # lets the server notice, so that the answer below is not written
    return PlainTextResponse("", status_code=503, headers={"Connection": "close"})
