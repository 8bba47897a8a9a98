"""What stands behind every courier: the parcels on their way, what happens to them, and the pushes that tell us."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import httpx

from chalicelib.kernel.clock import iso, now
from chalicelib.kernel.errors import InvalidInput, NotFound
from sandbox.box import Box
from sandbox.callbacks import Call
from sandbox.faults import Breakable
from sandbox.state import Waybill

RETRIES = (60, 300, 600)
BUTTONS = ("揽收", "运输", "投递", "妥投", "未妥投", "退回", "遗失")
"""What the page can do to any parcel."""


@dataclass(frozen=True)
class Move:
    """One thing that can happen to a parcel: the courier's code and name of it, and what it writes. `button`: the page's word for it."""

    code: str
    name: str
    text: str
    button: str = ""


class CourierEnd(Protocol):
    """One courier's far end."""

    name: str
    title: str

    @property
    def moves(self) -> Sequence[Move]:
        """What can happen to a parcel; one for each of the page's `BUTTONS`."""

    @property
    def breakable(self) -> Sequence[Breakable]:
        """What of it can be put at fault: the far end by its name, its pushes by `<name>_track`."""

    def pushed(self, waybill: Waybill, move: Move, at: datetime) -> tuple[str, bytes]:
        """Write the push that tells of a move: media type and body."""

    def took(self, answer: httpx.Response) -> bool:
        """Tell whether we acknowledged. Raises ValueError, KeyError, TypeError for what is no answer."""


class Parcels:
    """Keeps the waybills. `ends`: the far ends by name."""

    def __init__(self, box: Box) -> None:
        self.box = box
        self.ends: dict[str, CourierEnd] = {}

    def take(self, courier: str, order_id: str, receiver: Mapping[str, str], draw: Callable[[], str]) -> Waybill:
        """Take a parcel; the same order number gets the same waybill. `receiver`: name, phone, address; `draw` makes a number."""
        waybills = self.box.state.waybills
        for known in waybills.values():
            if (known.courier, known.order_id) == (courier, order_id):
                return known
        number = draw()
        while number in waybills:
            number = draw()
        waybills[number] = Waybill(number, courier, order_id, iso(now()), dict(receiver))
        return waybills[number]

    def act(self, courier: str, number: str, action: Any) -> dict[str, str]:
        """Let something happen to a parcel (a courier's code or word, or a button of the page) and push it to us.

        Raises InvalidInput for an action the courier does not know, NotFound for a waybill that is not its own.
        """
        end, at = self.ends[courier], now()
        move = next((each for each in end.moves if action and action in (each.code, each.name, each.button)), None)
        if move is None:
            known = "、".join(f"{each.code} {each.name}" for each in end.moves)
            raise InvalidInput(f"不认识的动作，可选：{known}")
        waybill = self.box.state.waybills.get(number)
        if waybill is None or waybill.courier != courier:
            raise NotFound(f"没有这个运单：{number}")
        track = {"at": iso(at), "action": move.code, "name": move.name, "text": move.text}
        waybill.tracks.append(track)
        self._push(end, end.pushed(waybill, move, at))
        return track

    def _push(self, end: CourierEnd, content: tuple[str, bytes]) -> None:
        key, (media, body) = self.box.parties[end.name]["callback_key"], content
        url = f"{self.box.ours('api').rstrip('/')}/channels/delivery/{end.name}/track?key={key}"
        call = Call(f"{end.name}_track", end.name, lambda: (url, {"Content-Type": media}, body), end.took, RETRIES)
        self.box.callbacks.send(call)

    def rows(self) -> list[dict[str, Any]]:
        """Write every waybill as the driving API tells it, newest first, with what its courier is called."""
        waybills = reversed(list(self.box.state.waybills.values()))
        return [{**vars(each), "carrier": self.ends[each.courier].title, "buttons": BUTTONS} for each in waybills]
