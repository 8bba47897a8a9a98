"""The desk (前台综合受理): one place where every submission of every channel arrives, and one answer for each kind.

Intake ──► application ──► one conditional write ──► receipt
       ├─► supplement, withdrawal ──► one transaction on the case
       ├─► query ──► one read
       └─► whatever else a capability receives (rating …)
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from chalicelib.capability import Receiver
from chalicelib.intake.model import Intake, Reply
from chalicelib.kernel.errors import Fault, InvalidInput


class Desk:
    """Receive any Intake and answer with a Reply. `receivers` answer each kind of submission."""

    def __init__(self, receivers: Mapping[str, Receiver]) -> None:
        self._receivers = receivers

    def receive(self, intake: Intake, now: datetime) -> Reply:
        """Take one submission. Raises AppError with the Chinese reason and the fields at fault; then nothing was written."""
        receiver = self._receivers.get(intake.kind)
        if receiver is None:
            raise InvalidInput("这类诉求请拨打12345", [Fault("kind", "unknown", "没有这类业务")])
        return receiver(intake, now)
