"""The app itself, with what the parties gave us, and somebody who listens."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

import pytest
from chalice.test import Client

from app import app
from chalicelib.kernel import config
from chalicelib.payments import parts as payments
from handlers import callbacks
from parties import registry
from sandbox.registry import make_parties
from tests.contract.channels.requests import IVR, SMS, WECHAT
from tests.contract.channels.talking import Listener
from tests.contract.parties.payee import payees

CACHES = (registry.settings, registry.playing, registry.callback)


@cache
def _given() -> dict[str, Any]:
    parties, _ = make_parties("http://front.door")
    return parties


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The parties secret, to be spoilt by the test: complete, with the keys that `requests` signs by."""
    given = deepcopy(_given())
    given["wechat"] |= WECHAT
    given["voicexml"] |= IVR
    for name, party in registry.PARTIES.items():
        if party.inbound:
            given[name] |= SMS
    for name, payee in payees().items():
        given[name] |= payee.settings
    monkeypatch.setattr(config, "parties", lambda: given)
    for each in CACHES:
        each.cache_clear()
    yield given
    for each in CACHES:
        each.cache_clear()


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch, secret: dict[str, Any]) -> Iterator[Client]:
    listener = Listener()
    monkeypatch.setattr(callbacks, "dialogue", lambda: listener)
    monkeypatch.setattr(callbacks, "notices", lambda: listener)
    monkeypatch.setattr(payments, "told", lambda what, now: None)
    with Client(app) as made:
        yield made
