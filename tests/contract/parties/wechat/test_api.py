"""WeChat's access token on the wire: one for all containers, renewed in time, replaced once when it is bad."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.kernel.errors import PartyFault
from tests.contract.parties.wechat.far import CARD, NOW, Wire


def test_one_token_serves_all_containers_until_five_minutes_before_its_end(wire: Wire) -> None:
    wire.cards.send_card(CARD, NOW)
    other, _ = wire.container()
    other.send_card(CARD, NOW + timedelta(seconds=7200 - 301))
    assert wire.wechat.tokens_asked == [False]
    other.send_card(CARD, NOW + timedelta(seconds=7200 - 299))
    assert wire.wechat.tokens_asked == [False, False]


def test_a_container_reads_the_kept_token_once(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    wire.cards.send_card(CARD, NOW)
    other, _ = wire.container()
    read: list[str] = []
    get = wire.tokens.get

    def counted(key: str, now: datetime) -> Any:
        read.append(key)
        return get(key, now)

    monkeypatch.setattr(wire.tokens, "get", counted)
    for _ in range(3):
        other.send_card(CARD, NOW)
    assert read == ["token#wechat"]


def test_a_token_about_to_end_is_used_and_not_kept(wire: Wire) -> None:
    wire.wechat.life = 300
    wire.cards.send_card(CARD, NOW)
    assert wire.tokens.get("token#wechat", NOW) == (None, 0)


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_a_bad_token_is_replaced_once(wire: Wire, code: int) -> None:
    wire.cards.send_card(CARD, NOW)
    wire.wechat.expire()
    assert wire.cards.send_card(CARD, NOW) == "77"
    assert wire.wechat.tokens_asked == [False, False]  # the normal mode had another token: nothing is forced
    wire.wechat.script = [code, code, 0]
    with pytest.raises(PartyFault) as error:  # twice bad: later, not for ever
        wire.cards.send_card(CARD, NOW)
    assert error.value.code == "wechat_key"
    assert wire.wechat.tokens_asked == [False, False, False, True]


@pytest.mark.parametrize("mode", [503, 500, "drop", "garbage"])
def test_without_a_token_nothing_was_sent(wire: Wire, mode: Any) -> None:
    wire.end.mode = mode
    with pytest.raises(PartyFault) as error:
        wire.cards.send_card(CARD, NOW)
    assert type(error.value) is PartyFault
