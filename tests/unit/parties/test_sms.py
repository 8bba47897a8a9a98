"""A gateway's reports are read whatever of its folder was loaded before."""

from __future__ import annotations

import json
from datetime import timedelta
from importlib import import_module

import pytest

from parties.registry import PARTIES
from parties.wire import Inbound
from tests.unit.samples import NOW

GATEWAYS = {name: party for name, party in PARTIES.items() if party.inbound}
ITEMS = {
    "aliyun": {"biz_id": "s1", "report_time": "2026-07-01 09:30:00", "success": True, "err_code": "", "out_id": "o1"},
    "tencent": {"sid": "s1", "user_receive_time": "2026-07-01 09:30:00", "report_status": "SUCCESS", "errmsg": ""},
}


@pytest.mark.parametrize("name", GATEWAYS)
def test_reports_are_read_after_messages_were_sent(name: str) -> None:
    import_module(
        f"parties.{name}.sms"
    )  # as a container does that has sent one: the module is now an attribute of its folder
    reports = GATEWAYS[name].callbacks[f"sms/{name}/receipts"]({"callback_key": "k"})
    inbound = Inbound("POST", "/", {}, {"key": "k"}, json.dumps([ITEMS[name]]).encode())
    reports.verify(inbound, NOW)
    (report,) = reports.read(inbound, NOW + timedelta(seconds=5))
    assert (report.provider, report.sid, report.ok, report.at) == (name, "s1", True, NOW)
