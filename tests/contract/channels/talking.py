"""The talk channels before a dialogue and a notice queue that only remember."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from chalicelib.dialogue.model import Utterance
from chalicelib.intake.model import Ask, Reply
from chalicelib.notices.model import Report
from chalicelib.payments.model import Money
from channels.base import TalkChannel
from channels.ivr import Ivr
from channels.sms import Sms
from channels.wechat import WeChat
from handlers.callbacks import answered, take
from parties.registry import PARTIES
from parties.wire import Inbound, Outbound
from tests.contract.channels.requests import IVR, SMS, WECHAT
from tests.unit.samples import NOW

CHANNELS: dict[str, TalkChannel] = {
    "wechat": WeChat(lambda: WECHAT),
    "wechat secure": WeChat(lambda: WECHAT | {"mode": "secure"}),
    **{name: Sms(party.inbound, lambda: SMS) for name, party in PARTIES.items() if party.inbound},
    "ivr": Ivr(lambda: IVR),
}
REPLY = Reply("您好<&]]>“办件号”510104199001\n1 办事", ask=Ask("choice", 1, {"1": "办事", "0": "人工"}))


class Listener:
    """A dialogue, a notice queue and the bills, that remember what came."""

    def __init__(self) -> None:
        self.turns: list[Utterance] = []
        self.sent: list[tuple[str, str, str]] = []
        self.reports: list[Report] = []
        self.money: list[Money | None] = []
        self.fault: Exception | None = None
        self.reply = REPLY

    def answer(self, turn: Utterance, now: datetime) -> Reply:
        self.turns.append(turn)
        if self.fault is not None:
            raise self.fault
        return self.reply

    def say(self, phone: str, text: str, key: str, now: datetime) -> None:
        self.sent.append((phone, text, key))

    def paid(self, money: Money | None, now: datetime) -> None:
        self.money.append(money)

    def reported(self, reports: Sequence[Report], now: datetime) -> None:
        self.reports += reports


def talk(name: str, request: Inbound) -> Outbound:
    """Do what the route does."""
    channel = CHANNELS[name]
    return take(channel, lambda said, now: answered(channel, said, now), request, NOW, name)
