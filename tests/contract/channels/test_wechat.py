"""The official account: what is its own beside the rows."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from chalicelib.intake.model import Reply
from parties.wire import Inbound
from tests.contract.channels.requests import letter, opened, wechat
from tests.contract.channels.talking import REPLY, Listener, talk
from tests.unit.samples import NOW


def test_the_url_check_echoes(heard: Listener) -> None:
    query = {
        "signature": "94cf9598733743e189a0e21e9ce5c9456591a0ff",
        "timestamp": "1700000000",
        "nonce": "abc",
        "echostr": "77",
    }
    answer = talk("wechat", Inbound("GET", "/channels/wechat", {}, query))
    assert (answer.status, answer.body) == (200, "77")
    forged = talk("wechat", Inbound("GET", "/channels/wechat", {}, query | {"nonce": "abd"}))
    assert forged.status == 401 and "77" not in forged.body


def test_wechat_reads_our_reply_whatever_stands_in_it(heard: Listener) -> None:
    plain = ET.fromstring(talk("wechat", wechat(NOW, letter(NOW))).body)
    sealed = ET.fromstring(opened(talk("wechat", wechat(NOW, letter(NOW), aes=True)).body))
    for root in (plain, sealed):
        assert root.findtext("ToUserName") == "oABC_1-x" and root.findtext("FromUserName") == "gh_123"
        assert root.findtext("Content") == REPLY.text.replace("]]>", "]] >")


def test_wechat_hands_over_to_customer_service(heard: Listener) -> None:
    heard.reply = Reply("转人工", transfer=True)
    root = ET.fromstring(talk("wechat", wechat(NOW, letter(NOW, "0"))).body)
    assert root.findtext("MsgType") == "transfer_customer_service"


def test_two_things_done_in_one_second_are_two_and_one_told_twice_is_one(heard: Listener) -> None:
    event = {"MsgType": "event", "Content": "", "MsgId": ""}
    said = [
        event | {"Event": "subscribe"},
        *(event | {"Event": "CLICK", "EventKey": key} for key in ("办事", "进度")),
        event | {"Event": "SCAN", "EventKey": "1"},
    ]
    for each in said * 3:
        talk("wechat", wechat(NOW, letter(NOW, **each)))
    assert len({turn.message_id for turn in heard.turns}) == len(said)
