"""Faults on demand: a far end that is down, slow, in error, or repeats itself, for some seconds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from chalicelib.kernel.errors import InvalidInput
from chalicelib.vocabulary.channels import APPS

Endpoint = Callable[[Request], Awaitable[Response]]

MODES = ("down", "slow", "error", "duplicate")
_CALLBACK = ("down", "slow", "duplicate")
PARTIES: dict[str, tuple[str, tuple[str, ...]]] = {
    **{app: (name, MODES) for app, name in APPS.items()},
    "wechat_pay": ("微信支付", MODES),
    "wechat_pay_notify": ("微信支付结果通知", MODES),
    "sms": ("短信网关", MODES),
    "sms_inbound": ("上行短信推送", _CALLBACK),
    "sms_receipts": ("短信回执推送", MODES),
    "ems": ("EMS 邮政速递", MODES),
    "ems_track": ("EMS 轨迹推送", _CALLBACK),
}
_LONGEST = 24 * 3600


class Faults:
    """The faults in force, at most one per party. `slow_seconds` is how late a slow answer comes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, slow_seconds: float = 10.0) -> None:
        self._clock = clock
        self._active: dict[str, tuple[str, float]] = {}
        self.slow_seconds = slow_seconds

    def put(self, body: dict[str, Any]) -> None:
        """Set or clear (`seconds` 0) one fault. Raises InvalidInput with a Chinese sentence."""
        party, mode, seconds = body.get("party"), body.get("mode"), body.get("seconds")
        if not isinstance(party, str) or party not in PARTIES:
            raise InvalidInput(f"不认识的对方：可选 {'、'.join(PARTIES)}")
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not 0 <= seconds <= _LONGEST:
            raise InvalidInput("seconds 应为 0 到 86400 之间的秒数，0 表示恢复正常")
        if seconds == 0:
            self._active.pop(party, None)
            return
        if mode not in PARTIES[party][1]:
            raise InvalidInput(f"{PARTIES[party][0]}可选的故障：{'、'.join(PARTIES[party][1])}")
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
        rows = [(party, self.mode(party)) for party in PARTIES]
        left = {party: round(until - self._clock(), 1) for party, (_, until) in self._active.items()}
        return [
            {"party": party, "name": PARTIES[party][0], "mode": mode, "seconds_left": left[party]}
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
