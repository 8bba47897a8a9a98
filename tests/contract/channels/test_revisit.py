"""A bad rating by the gateways' own requests and by keys: whether it is solved is said by one digit, and a callback that comes twice
says it once."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.intake.model import Reply
from handlers import callbacks
from tests.contract.channels.requests import ivr, sms
from tests.contract.channels.talking import talk
from tests.contract.parties.gateway import gateways
from tests.unit.dialogue.fakes import PHONE, World
from tests.unit.samples import NOW


class Talking:
    """The real dialogue at the end of the channels; what is answered by SMS is kept."""

    def __init__(self, world: World) -> None:
        self.world, self.sent = world, list[str]()

    def answer(self, turn: Any, now: Any) -> Reply:
        return self.world.dialogue.answer(turn, self.world.now)

    def say(self, phone: str, text: str, key: str, now: Any) -> None:
        self.sent.append(text)


@pytest.fixture
def city(monkeypatch: pytest.MonkeyPatch) -> Talking:
    talking = Talking(World())
    monkeypatch.setattr(callbacks, "dialogue", lambda: talking)
    monkeypatch.setattr(callbacks, "notices", lambda: talking)
    return talking


@pytest.mark.parametrize("gateway", gateways())
def test_a_bad_rating_its_answer_and_the_second_rating_by_sms(city: Talking, gateway: str) -> None:
    world = city.world
    number = world.file()
    world.close(number)

    wire = gateways()[gateway]

    def send(text: str, minute: int) -> str:
        said = wire.text(NOW, PHONE, text, minute)
        talk(gateway, sms(gateway, wire.told([said] if wire.lists else said)))
        return city.sent[-1]

    assert "原因" in send(f"评价 {number} 1", 1)
    assert "打电话" in send("2", 2)
    assert "电话联系您" in send("1", 3)
    world.answer_bad(number)
    world.invitations.invite(f"tel:{PHONE}", number, world.now)
    for _ in range(2):
        assert "感谢您再次评价" in send("4", 4)
    assert len(world.cases.rows(number, "rerating#")) == 1
    assert world.rating(number, "rating#2") is None


def test_the_second_rating_by_a_key_of_the_telephone(city: Talking) -> None:
    world = city.world
    number = world.file()
    world.close(number)
    world.talk(f"评价 {number} 2", "1", "2")
    world.answer_bad(number)
    for place, keys in enumerate((None, "3", "4")):
        answer = talk("ivr", ivr(keys, caller=PHONE, call="c-9", seq=str(place)))
    assert "感谢您再次评价：满意" in answer.body and (world.rating(number, "rerating#1") or {})["platform"] == "6"
