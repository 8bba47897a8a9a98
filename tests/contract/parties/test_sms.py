"""Every SMS gateway on the wire: true signatures, and every way it can say yes, later, or nothing. Its own codes stand in its folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.kernel.errors import PartyFault, Unsure
from chalicelib.notices.model import Sms
from parties import http
from tests.contract.farend import FarEnd, closed_port, far_end
from tests.contract.parties.gateway import NOW, SINCE, SMS, Gateway, gateways

GATEWAYS = gateways()
Carrier = tuple[Gateway, Any, FarEnd]


@pytest.fixture(params=sorted(GATEWAYS))
def carrier(request: pytest.FixtureRequest) -> Iterator[Carrier]:
    """Each gateway's client before its far end."""
    gateway = GATEWAYS[request.param]
    with far_end(gateway.play, "/parties/far") as end:
        yield gateway, gateway.make({**gateway.settings, "base_url": end.url}), end


def test_sends(carrier: Carrier) -> None:
    gateway, client, end = carrier
    assert client.send(SMS, NOW) == gateway.sid
    (asked,) = end.asked
    assert asked.path == f"/parties/far/{gateway.path}"


@pytest.mark.parametrize(
    ("sms", "values"),
    [
        (replace(SMS, kind="code", event="", facts={"code": "246810"}), ["246810"]),
        (replace(SMS, kind="reply"), [SMS.text]),
        (replace(SMS, event="paid"), ["123456789018"]),
    ],
)
def test_templates(carrier: Carrier, sms: Sms, values: list[str]) -> None:
    gateway, client, end = carrier
    client.send(sms, NOW)
    assert gateway.values(end.asked[0]) == values


@pytest.mark.parametrize(
    ("mode", "raised"),
    [
        (429, PartyFault),
        (503, PartyFault),
        (500, Unsure),
        (502, Unsure),
        (504, Unsure),
        (302, Unsure),
        ("drop", Unsure),
        ("garbage", Unsure),
        ("list", Unsure),
    ],
)
def test_answers_that_are_none(carrier: Carrier, mode: Any, raised: type[PartyFault]) -> None:
    """Only what was surely not taken up may be sent again without asking."""
    _, client, end = carrier
    end.mode = mode
    with pytest.raises(PartyFault) as error:
        client.send(SMS, NOW)
    assert type(error.value) is raised
    assert "13800001234" not in str(error.value)


def test_slow(carrier: Carrier, monkeypatch: pytest.MonkeyPatch) -> None:
    _, client, end = carrier
    monkeypatch.setattr(http, "TIMEOUTS", (0.2, 0.2))
    end.late = 0.5
    with pytest.raises(Unsure):
        client.send(SMS, NOW)


@pytest.mark.parametrize("name", sorted(GATEWAYS))
def test_nobody_listens(name: str) -> None:
    gateway = GATEWAYS[name]
    with pytest.raises(PartyFault) as error:
        gateway.make({**gateway.settings, "base_url": closed_port()}).send(SMS, NOW)
    assert type(error.value) is PartyFault
    assert "13800001234" not in str(error.value)


def test_nothing_found_is_an_answer(carrier: Carrier) -> None:
    _, client, _ = carrier
    assert list(client.find(SMS, SINCE, NOW)) == []
