"""What a courier does for us, whoever it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from chalicelib.cases.model import Row
from chalicelib.delivery.model import Parcel, Track


class Courier(Protocol):
    """A courier (寄递企业)."""

    name: str
    """As told to the applicant: `EMS`."""

    def order(self, parcel: Parcel) -> str:
        """Order the carriage and return the waybill; our order number again is the same order.

        Raises PartyFault when the courier is down, PartyRefused when it will not carry this.
        """

    def routes(self, waybill: str) -> list[Track]:
        """Ask what became of a parcel; nothing where it cannot be asked. Raises PartyFault."""

    def cost(self, parcel: Parcel) -> int | None:
        """Return what the carriage costs in fen by the contract; None where that gives no tariff."""

    def carries(self, waybill: str) -> bool:
        """Tell whether that is a number of its own."""


@dataclass(frozen=True)
class Couriers:
    """The couriers by name. `in_use` names the one new shipments go to; a shipment stays with the one it began with."""

    in_use: Callable[[], str]
    named: Callable[[str], Courier]

    def of(self, shipment: Row) -> Courier:
        """Return whose shipment it is; one written before shipments remembered their courier is of the one in use."""
        return self.named(shipment.data.get("courier") or self.in_use())
