"""POST /channels/pay/{provider}/notify: a payment party tells that money has come in (domain notes §4.7).

Answers as WeChat Pay reads them: 204 for taken, else {"code": "FAIL", "message"}, and the party tells again later.
"""

from __future__ import annotations

import json
from datetime import datetime

from chalicelib.kernel.errors import AppError
from chalicelib.payments.model import Money
from chalicelib.payments.providers.base import PayParty
from channels import wire
from channels.base import Inbound, Outbound

JSON = "application/json; charset=utf-8"


class PayNotify:
    """One party's notifications."""

    def __init__(self, party: PayParty) -> None:
        self._party = party

    def verify(self, inbound: Inbound, now: datetime) -> None:
        """Check size, form, freshness and key serial: all that costs nothing. Raises Unauthenticated and what `wire.parsed` raises."""
        wire.parsed(inbound)
        self._party.fresh(inbound.headers, now)

    def read(self, inbound: Inbound, now: datetime) -> Money | None:
        """Check the signature over the raw body and decrypt; None if it tells of no payment. Raises Unauthenticated, InvalidInput."""
        return self._party.read(inbound.headers, inbound.body)

    def render(self) -> Outbound:
        """Say that it is taken."""
        return Outbound(204, "", JSON)

    def refuse(self, error: AppError) -> Outbound:
        """Say that it is not."""
        return Outbound(error.status, json.dumps({"code": "FAIL", "message": error.detail}, ensure_ascii=False), JSON)
