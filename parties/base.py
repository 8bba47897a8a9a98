"""What a party is to the rest of the house, and what reads its callbacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar

from chalicelib.kernel.errors import AppError
from parties.sms import InboundFormat
from parties.wire import Inbound, Outbound

Settings = Mapping[str, Any]
"""What the party gave us, checked against its schema."""
In = TypeVar("In", covariant=True)
Out = TypeVar("Out", contravariant=True)


class Callback(Protocol[In, Out]):
    """One kind of request a party makes to us: verify → read → (a use case acts) → render, or refuse."""

    def verify(self, inbound: Inbound, now: datetime) -> None:
        """Raise Unauthenticated for a bad signature or a stale stamp, InvalidInput/TooLarge/Unsupported for what cannot be read."""

    def read(self, inbound: Inbound, now: datetime) -> In:
        """Return what it tells us, in our words. Raises Unauthenticated, InvalidInput."""

    def render(self, inbound: Inbound, done: Out, now: datetime) -> Outbound:
        """Say that it is taken, as the party reads it."""

    def refuse(self, inbound: Inbound, error: AppError) -> Outbound:
        """Say no, as the party reads it: it will tell us again."""


@dataclass(frozen=True)
class Party:
    """One outside party. `name` is its folder, and its key in the parties secret.

    `roles`: what it can be to a capability (`sms`, `cards`, `login`, `pay`, `courier`), each made from its settings.
    `callbacks`: what it calls, by the path below /channels. `inbound`: of an SMS gateway, how it brings what people send.
    """

    name: str
    schema: dict[str, Any]
    roles: Mapping[str, Callable[[Settings], Any]] = field(default_factory=dict)
    callbacks: Mapping[str, Callable[[Settings], Callback[Any, Any]]] = field(default_factory=dict)
    inbound: InboundFormat | None = None


def schema(
    title: str, required: Mapping[str, str], optional: Mapping[str, Any] | None = None, **objects: Any
) -> dict[str, Any]:
    """Write the schema of a party's settings: texts that must be there (name → what it is), others, and nested objects."""
    texts = {name: {"type": "string", "title": what, "minLength": 1} for name, what in required.items()}
    return {
        "type": "object",
        "title": title,
        "required": [*required, *objects],
        "properties": {**texts, **objects, **(optional or {})},
    }


CALLBACK_KEY = "回调密钥：我们自己定的长随机数，写在登记给对方的地址里"
BASE_URL = "接口地址，末尾不带斜杠"
