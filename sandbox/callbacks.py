"""Calls from the far ends to us: each with its vendor's retry schedule, and with the faults on demand."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from sandbox.faults import Faults
from sandbox.wire import pause, scaled

log = logging.getLogger("sandbox")
_GATHER, _GATHER_LEAST = (
    2.0,
    0.5,
)  # seconds the `duplicate` fault collects callbacks, to send them out of order; never less


@dataclass(frozen=True)
class Call:
    """One callback. `build` makes (url, headers, body) anew for each try, so that signatures and stamps are fresh."""

    party: str  # whose fault strikes it, e.g. `sms_receipts`
    parent: str  # whose `duplicate` also does, e.g. `sms`
    build: Callable[[], tuple[str, dict[str, str], bytes]]
    accepted: Callable[[httpx.Response], bool]
    delays: Sequence[float] = ()  # seconds before each further try
    first: float = 0.0


class Callbacks:
    """Sends callbacks in the background, one task each."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._client: httpx.AsyncClient | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._gathered: dict[str, list[Call]] = {}

    @property
    def client(self) -> httpx.AsyncClient:
        """The one HTTP client, made inside the running loop. Proxies of the environment are not used."""
        if self._client is None:
            self._client = httpx.AsyncClient(trust_env=False, timeout=30.0)
        return self._client

    def send(self, call: Call) -> None:
        """Start one callback and return at once."""
        self.spawn(self._send(call))

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something in the background and keep hold of it until it is done."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def repeats(self, *parties: str) -> bool:
        """Say whether callbacks of one of these parties are to be sent three times now."""
        return any(self._faults.mode(party) == "duplicate" for party in parties)

    async def close(self) -> None:
        """Stop what is under way and close the client."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._client is not None:
            await self._client.aclose()

    async def _send(self, call: Call) -> None:
        await pause(call.first)
        await self._faults.over(call.party, "down")
        if self._faults.mode(call.party) == "slow":
            await asyncio.sleep(self._faults.slow_seconds)
        if not self.repeats(call.party, call.parent):
            await self._until_accepted(call)
            return
        gathered = self._gathered.setdefault(call.party, [])
        gathered.append(call)
        if len(gathered) == 1:
            await asyncio.sleep(max(_GATHER_LEAST, scaled(_GATHER)))
            await self._scrambled(self._gathered.pop(call.party))

    async def _scrambled(self, calls: list[Call]) -> None:
        """Send every call three times, the latest first."""
        backwards = calls[::-1]
        for call in (*backwards, *calls):
            await self._try(call)
        await asyncio.gather(*(self._until_accepted(call) for call in backwards))

    async def _until_accepted(self, call: Call) -> None:
        for delay in (0.0, *call.delays):
            if delay:
                await pause(delay)
            if await self._try(call):
                return
        log.warning("sandbox: %s gave up after %d tries", call.party, len(call.delays) + 1)

    async def _try(self, call: Call) -> bool:
        try:
            url, headers, body = call.build()
            answer = await self.client.post(url, headers=headers, content=body)
            return call.accepted(answer)
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            log.info("sandbox: %s not taken (%s)", call.party, type(error).__name__)
            return False
