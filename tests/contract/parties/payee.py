"""Payment parties under one contract: `<name>/far.py` is its side of the wire; `test_pay` and `test_notices` hold all to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from chalicelib.payments.party import BackState, Line
from parties.registry import PARTIES
from parties.wire import Inbound, Outbound
from sandbox import rsa
from tests.contract.farend import Play
from tests.unit.samples import NOW


@cache
def key(who: str) -> RSAPrivateKey:
    """The `merchant`'s key, the `party`'s, or a `stranger`'s."""
    return rsa.fresh()


@dataclass(frozen=True)
class Told:
    """What a notice, or the answer to a query, says in our words; `state` in the words of the party, empty for paid."""

    number: str = "510123456789P1"
    transaction: str = "4200001"
    fen: int = 8000
    at: datetime = NOW + timedelta(minutes=5)
    merchant: str = ""
    state: str = ""


@dataclass(frozen=True)
class Gone:
    """What is said of a refund in our words; `state` in the words of the party, empty for done."""

    number: str = "510123456789R1"
    fen: int = 3000
    at: datetime = NOW
    state: str = ""


BILL = (
    Line("in", "4200001", "510123456789P1", "4200001", 8000, "done"),
    Line("in", "4200002", "510123456789P2", "4200002", 100, "undone"),
    Line("out", "510123456789R1", "510123456789P1", "4200001", 3000, "done"),
    Line("out", "510123456789R2", "510123456789P1", "4200001", 1, "on its way"),
    Line("out", "510123456789R3", "510123456789P1", "4200001", 2, "undone"),
)
"""A day's bill as every party writes it in its own way."""


class Notice(Protocol):
    """Makes a notice, signed by `key(who)`."""

    def __call__(self, told: Told, at: datetime = NOW, who: str = "party") -> Inbound: ...


@dataclass(frozen=True)
class Payee:
    """One payment party and its side of the wire."""

    settings: Mapping[str, Any]
    """What it gave us, but for `base_url`."""
    plays: Mapping[str, Play]
    """How its far end answers, our signature checked: taken · in_app (if it has an app) · open · paid (`Told()`) · ended · unknown ·
    closed · close_paid · refused · busy · forged (`open`, signed by a stranger) · back and back_<state> (a refund, `Gone()`) · no_back (no
    such refund) · bill (`BILL`, digest right) · bill_changed (digest wrong) · no_bill (a day without trade)."""
    notice: Notice
    back: Callable[[Gone], Inbound]
    """A notice of a refund; its states are in the words of `backs`."""
    backs: Mapping[str, BackState]
    other: tuple[str, ...]
    """States of an order that is not paid."""
    raw: Callable[[bytes], Inbound]
    """A call with any body, signed where the signature is not of the body's own."""
    taken: Outbound
    no: Callable[[Outbound], bool]
    """Whether it reads an answer as a no, and will call again."""

    def client(self, name: str, url: str) -> Any:
        return PARTIES[name].roles["pay"]({**self.settings, "base_url": url})

    def reader(self, name: str) -> Any:
        (make,) = PARTIES[name].callbacks.values()
        return make({**self.settings, "base_url": "http://127.0.0.1:9"})


def payees() -> dict[str, Payee]:
    """Every party that takes payment, with its far end."""
    names = sorted(name for name, party in PARTIES.items() if "pay" in party.roles)
    return {name: import_module(f"tests.contract.parties.{name}.far").PAYEE for name in names}
