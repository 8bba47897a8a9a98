"""What a courier does for us, whoever it is."""

from __future__ import annotations

from typing import Protocol

from chalicelib.delivery.model import Parcel


class Courier(Protocol):
    """A courier (寄递企业)."""

    name: str
    """As told to the applicant: `EMS`."""

    def order(self, parcel: Parcel) -> str:
        """Order the carriage and return the waybill; our order number again is the same order.

        Raises PartyFault when the courier is down, PartyRefused when it will not carry this.
        """
