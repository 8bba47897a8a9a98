"""WeChat's login codes on the wire; every errcode in its place."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.kernel.errors import Forbidden, PartyFault, TooMany, Unauthenticated
from parties.wechat.api import WeChatApi
from parties.wechat.login import Login
from tests.contract.farend import closed_port
from tests.contract.parties.wechat.far import NOW, SETTINGS, Wire
from tests.unit.memory import MemoryExpiring


def test_a_code_stands_for_an_openid_and_needs_no_token(wire: Wire) -> None:
    assert wire.login.login("abc", NOW) == "o-abc"
    assert wire.wechat.tokens_asked == []


@pytest.mark.parametrize(
    ("code", "raised"),
    [
        (40029, Unauthenticated),
        (40163, Unauthenticated),
        (40226, Forbidden),
        (45011, TooMany),
        (-1, PartyFault),
        (40013, PartyFault),
    ],
)
def test_codes(wire: Wire, code: int, raised: type[Exception]) -> None:
    wire.wechat.script = [code]
    with pytest.raises(raised):
        wire.login.login("abc", NOW)


@pytest.mark.parametrize("mode", [503, 500, "drop", "garbage", "list"])
def test_while_wechat_is_away(wire: Wire, mode: Any) -> None:
    wire.end.mode = mode
    with pytest.raises(PartyFault):
        wire.login.login("abc", NOW)


def test_nobody_listens() -> None:
    settings = {**SETTINGS, "base_url": closed_port()}
    with pytest.raises(PartyFault) as error:
        Login(WeChatApi(settings, MemoryExpiring()), settings).login("c", NOW)
    assert type(error.value) is PartyFault
    assert "s1" not in str(error.value)
