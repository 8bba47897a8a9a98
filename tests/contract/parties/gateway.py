"""SMS gateways under one contract: `<name>/far.py` says what each one's wire looks like, `test_sms` and `test_reports` hold all to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from chalicelib.kernel import clock
from chalicelib.notices.model import Sms
from parties.registry import PARTIES
from parties.sms import ReportFormat
from tests.contract.farend import Asked, Play

NOW = datetime(2026, 7, 1, 9, 30, tzinfo=clock.SHANGHAI)
SINCE = datetime(2026, 7, 1, 9, 29, tzinfo=clock.SHANGHAI)
SMS = Sms("13800001234", "您好 +~*'（测试）&=", "notice", "123456789018-3", "accepted", {"case_no": "123456789018"})


@dataclass(frozen=True)
class Gateway:
    """One gateway: its client, a far end that says yes and gives `sid`, its reports, and what it brings us."""

    make: Callable[[Mapping[str, Any]], Any]
    settings: dict[str, Any]
    play: Play
    sid: str
    values: Callable[[Asked], list[str]]
    """The values a template was sent with, in order."""
    reports: ReportFormat
    good: dict[str, Any]
    failed: dict[str, Any]
    acknowledged: dict[str, Any]
    text: Callable[[datetime, str, str, int], dict[str, Any]]
    """Write one text somebody sent: when, from which phone, what, its number."""
    told: Callable[[Any], bytes] = lambda body: json.dumps(body).encode()
    """How it writes what it tells."""
    path: str = ""
    """Where its sending stands, below its address."""
    batches: bool = True
    """Whether it tells several in one call."""
    lists: bool = False
    """Whether what people send comes in a list."""

    def sent(self, now: datetime, *texts: str, phone: str = SMS.phone, **changes: Any) -> bytes:
        """Write what people sent, with changed fields; one that is None is left out."""
        said = [{**self.text(now, phone, text, number), **changes} for number, text in enumerate(texts or ("帮助",))]
        items = [{name: value for name, value in each.items() if value is not None} for each in said]
        return self.told(items if self.lists else items[0])


def gateways() -> dict[str, Gateway]:
    """Every party that carries SMS, with its far end."""
    names = sorted(name for name, party in PARTIES.items() if "sms" in party.roles)
    return {name: import_module(f"tests.contract.parties.{name}.far").GATEWAY for name in names}
