"""WeChat's subscribe messages on the wire; every errcode in its place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.kernel.errors import PartyFault, PartyRefused, Unsure
from parties import http
from tests.contract.parties.wechat.far import CARD, NOW, Wire


def test_sends_a_card(wire: Wire) -> None:
    assert wire.cards.send_card(CARD, NOW) == "77"
    assert json.loads(wire.end.asked[-1].body) == {
        "touser": "o1",
        "template_id": "T1",
        "page": "pages/case/case?case_no=1",
        "miniprogram_state": "formal",
        "lang": "zh_CN",
        "data": {"thing1": {"value": "一" * 19 + "…"}, "character_string2": {"value": "123456789018"}},
    }
    assert "一" in wire.end.asked[-1].body.decode()  # not escaped: WeChat counts characters


@pytest.mark.parametrize(
    ("code", "raised", "ours"),
    [
        (43101, PartyRefused, "wechat_user_refused"),
        (40003, PartyRefused, "wechat_bad_openid"),
        (40037, PartyRefused, "wechat_bad_template"),
        (47003, PartyRefused, "wechat_bad_fields"),
        (41030, PartyRefused, "wechat_bad_page"),
        (99999, PartyRefused, "wechat_99999"),
        (-1, PartyFault, "wechat_busy"),
        (45009, PartyFault, "wechat_limited"),
    ],
)
def test_codes(wire: Wire, code: int, raised: type[Exception], ours: str) -> None:
    wire.wechat.script = [code]
    with pytest.raises((PartyRefused, PartyFault)) as error:
        wire.cards.send_card(CARD, NOW)
    assert type(error.value) is raised
    assert error.value.code == ours


@pytest.mark.parametrize(
    ("mode", "raised"),
    [(503, PartyFault), (429, PartyFault), (500, Unsure), ("drop", Unsure), ("garbage", Unsure), ("list", Unsure)],
)
def test_answers_that_are_none(wire: Wire, mode: Any, raised: type[PartyFault]) -> None:
    wire.cards.send_card(CARD, NOW)
    wire.end.mode = mode
    with pytest.raises(PartyFault) as error:
        wire.cards.send_card(CARD, NOW)
    assert type(error.value) is raised


def test_slow(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "TIMEOUTS", (0.2, 0.2))
    wire.cards.send_card(CARD, NOW)
    wire.end.late = 0.5
    with pytest.raises(Unsure):
        wire.cards.send_card(CARD, NOW)
