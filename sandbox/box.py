"""What all far ends share: who the parties are, where we are reached, what is remembered."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from chalicelib.kernel.errors import PartyFault
from sandbox.callbacks import Callbacks
from sandbox.faults import Faults
from sandbox.state import Memory


@dataclass
class Box:
    """The sandbox. `endpoints` and `parties` are read at each use, so they may be filled in after the start.

    What `endpoints` holds: docs/architecture.md §7 Contract with the outside.
    """

    endpoints: dict[str, Any]
    parties: dict[str, Any]
    faults: Faults
    state: Memory = field(default_factory=Memory)
    clock: Callable[[], float] = time.time  # seconds since 1970, for codes, tokens and signatures' freshness

    def __post_init__(self) -> None:
        self.callbacks = Callbacks(self.faults)

    def ours(self, *path: str) -> str:
        """Return one of our addresses, e.g. `ours("sms", "inbound", "aliyun")`. Raises PartyFault while it is not known."""
        value: Any = self.endpoints
        for name in path:
            value = value.get(name) if isinstance(value, dict) else None
        if not isinstance(value, str) or not value:
            raise PartyFault(f"系统还没有就绪：endpoints 里没有 {'.'.join(path)}")
        return value

    def reach(self, url: str) -> str:
        """Map an address of ours as the world knows it to the one that is reached from here (same path below /channels)."""
        api = self.ours("api").rstrip("/")
        if urlsplit(url).netloc == urlsplit(api).netloc or "/channels/" not in url:
            return url
        return f"{api}/channels/{url.split('/channels/', 1)[1]}"
