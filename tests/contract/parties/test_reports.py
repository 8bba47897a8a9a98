"""Reports of every SMS gateway on what we sent: read, acknowledged in its own words, refused likewise."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.errors import AppError, InvalidInput, NotFound, TooLarge, Unauthenticated, Unsupported
from chalicelib.notices.model import Report
from parties.sms import Reports
from parties.wire import Inbound
from tests.contract.parties.gateway import NOW, gateways

GATEWAYS = gateways()


def reader(provider: str, key: str = "k1") -> Reports:
    return Reports(GATEWAYS[provider].reports, key)


def read(provider: str, *items: dict[str, Any]) -> list[Report]:
    """Read reports as the gateway tells them: in one call, or one each."""
    gateway = GATEWAYS[provider]
    calls = [list(items)] if gateway.batches else list(items)
    return [report for each in calls for report in reader(provider).read(call(gateway.told(each)), NOW)]


def call(body: Any, key: str | None = "k1") -> Inbound:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Inbound("POST", "/channels/sms/x/receipts", {}, {"key": key} if key is not None else {}, raw)


@pytest.mark.parametrize("provider", sorted(GATEWAYS))
def test_reads(provider: str) -> None:
    gateway = GATEWAYS[provider]
    good, failed = read(provider, gateway.good, gateway.failed)
    assert (good.ok, failed.ok) == (True, False)
    assert good.sid == gateway.sid
    assert good.at == NOW - timedelta(seconds=5)
    assert good.out_id == gateway.good.get(gateway.reports.ours or "", "")
    assert failed.reason in ("MK:0001", "UNDELIV")
    assert "13800001234" not in repr(good)


@pytest.mark.parametrize("provider", sorted(GATEWAYS))
def test_acknowledges(provider: str) -> None:
    gateway = GATEWAYS[provider]
    inbound = call([gateway.good])
    answered = reader(provider).render(inbound, None, NOW)
    assert (answered.status, json.loads(answered.body)) == (200, gateway.acknowledged)
    refused = reader(provider).refuse(inbound, NotFound("没有"))
    assert refused.status == 404
    assert json.loads(refused.body) != gateway.acknowledged


@pytest.mark.parametrize("provider", sorted(GATEWAYS))
@pytest.mark.parametrize("key", [None, "", "k2", "钥匙"])
def test_wrong_key(provider: str, key: str | None) -> None:
    good = GATEWAYS[provider].good
    with pytest.raises(Unauthenticated):
        reader(provider).verify(call([good], key), NOW)
    with pytest.raises(Unauthenticated):
        reader(provider, key="").verify(call([good], ""), NOW)
    reader(provider).verify(call([good]), NOW)


@pytest.mark.parametrize("provider", sorted(GATEWAYS))
@pytest.mark.parametrize(
    ("label", "body", "raised"),
    [
        ("empty", b"", InvalidInput),
        ("not json", b"{", InvalidInput),
        ("object", {}, InvalidInput),
        ("empty list", [], InvalidInput),
        ("numbers", [1, None, "x"], InvalidInput),
        ("nothing in it", [{}], InvalidInput),
        ("not utf-8", b"\xff\xfe[]", Unsupported),
        ("huge", b" " * 70_000, TooLarge),
        ("too many", [{}] * 501, InvalidInput),
        ("deep", b"[" * 60_000, InvalidInput),
    ],
)
def test_bad_input(provider: str, label: str, body: Any, raised: type[AppError]) -> None:
    with pytest.raises(raised):
        reader(provider).read(call(body), NOW)


@pytest.mark.parametrize("provider", sorted(name for name, each in GATEWAYS.items() if each.batches))
@pytest.mark.parametrize(
    "spoilt", [{"at": "yesterday"}, {"at": None}, {"at": 5}, {"sid": ""}, {"sid": 7}, {"sid": "x" * 129}]
)
def test_what_cannot_be_read_is_left_out(provider: str, spoilt: dict[str, Any]) -> None:
    gateway = GATEWAYS[provider]
    names = {"at": gateway.reports.at, "sid": gateway.reports.sid}
    bad = {**gateway.good, **{names[name]: value for name, value in spoilt.items()}}
    assert len(reader(provider).read(call([bad, gateway.good]), NOW)) == 1


@pytest.mark.parametrize("provider", sorted(GATEWAYS))
def test_a_report_from_the_future_is_of_now(provider: str) -> None:
    gateway = GATEWAYS[provider]
    (report,) = read(provider, {**gateway.good, gateway.reports.at: "2030-01-01 00:00:00"})
    assert report.at == NOW


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from([name for each in GATEWAYS.values() for name in each.good]),
            st.none() | st.booleans() | st.text() | st.integers(),
        )
    )
)
def test_no_batch_breaks_the_reader(batch: list[dict[str, Any]]) -> None:
    for provider in GATEWAYS:
        try:
            reader(provider).read(call(batch), NOW)
        except AppError as error:
            assert error.status < 500
