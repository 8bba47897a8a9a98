"""A 补正 answered over each channel's own wire, from the question how it stands to the receipt; what comes twice is handed in once."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from chalicelib.vocabulary.events import EventName
from tests.contract.channels.requests import OPENID, ivr, letter, sms, wechat
from tests.contract.channels.talking import Listener, talk
from tests.contract.parties.aliyun.far import GATEWAY
from tests.unit.dialogue.asking import correct
from tests.unit.dialogue.fakes import World
from tests.unit.dialogue.test_supplementing import CARD
from tests.unit.samples import ID, NOW

SAID = {
    "sms": ("进度", "补正", CARD, "1"),
    "wechat": ("进度", "补正", CARD, "1"),
    "ivr": ("", "2", "3", CARD, "1"),
}


def told(channel: str, number: int, text: str, heard: Listener) -> str:
    """Send one thing as the party does, twice, and return what the person gets."""
    for _ in range(2):
        match channel:
            case "sms":
                talk("aliyun", sms("aliyun", GATEWAY.sent(NOW, text, sequence_id=f"{number}")))
                answer = heard.sent[-1][1]
            case "wechat":
                answer = talk("wechat", wechat(NOW, letter(NOW, text, f"{number}"))).body
            case _:
                body = talk("ivr", ivr(text or None, seq=f"{number}")).body
                answer = "".join(ET.fromstring(body).itertext())
    return answer


@pytest.mark.parametrize("channel", SAID)
def test_a_field_asked_for_is_answered_over_the_wire(
    channel: str, heard: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World()
    filing = ("高龄津贴", ID, "1", "2", "无", *(("13800001234",) if channel == "wechat" else ()), "1")
    where = {"channel": "wechat", "sender": f"wx:{OPENID}"} if channel == "wechat" else {}
    world.talk(*filing, **where, conversation="filed before")
    (number,) = world.store.heads
    correct(world, number, ("card", "银行卡号"))
    monkeypatch.setattr(heard, "answer", world.dialogue.answer)
    answers = [told(channel, place, text, heard) for place, text in enumerate(SAID[channel], 1)]
    assert any("成都市综合窗口" in each for each in answers[:-3]), answers
    assert "银行卡号" in answers[-3] and "核对" in answers[-2] and CARD not in answers[-2]
    assert "已补正材料，继续办理" in answers[-1]
    assert world.form(number)["card"] == CARD
    assert [event.name for event in world.cases.whole(number).events].count(EventName.SUPPLEMENTED) == 1
