"""What every capability shares, made once per container and only when first asked for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from chalicelib.kernel import config

if TYPE_CHECKING:
    from chalicelib.kernel.audit import Audit
    from chalicelib.kernel.counters import Counters
    from chalicelib.kernel.expiring import ExpiringTable
    from chalicelib.kernel.queue import Queue
    from chalicelib.kernel.seal import Sealer


@cache
def sealer() -> Sealer:
    """Make what seals personal data under the deployment's data key."""
    from chalicelib.kernel.seal import Sealer

    return Sealer(config.client("kms"), config.setting("DATA_KEY"))


@cache
def expiring() -> ExpiringTable:
    """Make the keeper of small things with an end."""
    from chalicelib.kernel.expiring import ExpiringTable

    return ExpiringTable(config.table("expiring"), config.region())


@cache
def counters() -> Counters:
    """Make what gives numbers that are never given twice."""
    from chalicelib.kernel.counters import Counters

    return Counters(config.table("counters"), config.region())


@cache
def audit() -> Audit:
    """Make the audit trail."""
    from chalicelib.kernel.audit import Audit

    return Audit(config.table("audit"), config.region())


@cache
def queue(name: str) -> Queue:
    """Return one of the deployment's queues."""
    from chalicelib.kernel.queue import Queue

    return Queue(config.client("sqs"), config.queue(name))
