"""A gateway's reports are read whatever of its folder was loaded before."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest

from parties.registry import PARTIES
from parties.wire import Inbound
from tests.contract.parties.gateway import gateways
from tests.unit.samples import NOW

GATEWAYS = {name: party for name, party in PARTIES.items() if party.inbound}


@pytest.mark.parametrize("name", GATEWAYS)
def test_reports_are_read_after_messages_were_sent(name: str) -> None:
    import_module(
        f"parties.{name}.sms"
    )  # as a container does that has sent one: the module is now an attribute of its folder
    reports = GATEWAYS[name].callbacks[f"sms/{name}/receipts"]({"callback_key": "k"})
    inbound = Inbound("POST", "/", {}, {"key": "k"}, gateways()[name].told(gateways()[name].good))
    reports.verify(inbound, NOW)
    (report,) = reports.read(inbound, NOW + timedelta(seconds=5))
    assert (report.provider, report.sid, report.ok) == (name, gateways()[name].sid, True)
