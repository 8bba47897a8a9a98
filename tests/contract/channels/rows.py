"""One contract for every talk channel: a row is a request and what must come of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.kernel.ids import canonical
from parties import wire
from parties.registry import PARTIES
from parties.wire import Inbound
from tests.contract.channels.requests import bomb, ivr, letter, sms, wechat
from tests.contract.parties.gateway import Gateway, gateways
from tests.unit.samples import NOW

LATE, OLD = NOW - timedelta(minutes=11), NOW - timedelta(hours=25)
LARGE, HUGE = 64 * 1024 + 1, 1024 * 1024 + 1
LATIN = "你好".encode("gbk")


@dataclass(frozen=True)
class Row:
    """`turns` is how many turns reach the dialogue; a refused request reaches it with none, and nothing is written."""

    channel: str
    label: str
    request: Inbound
    status: int = 200
    turns: int = 0
    said: str | None = None
    sender: str | None = None
    expect: str = ""  # stands in the answer


def good(channel: str, label: str, request: Inbound, said: str, sender: str, expect: str, turns: int = 1) -> Row:
    return Row(channel, label, request, 200, turns, said, sender, expect)


WX, TEL = "wx:oABC_1-x", "tel:13800001234"


def gateway_rows(name: str, gateway: Gateway) -> list[Row]:
    """What every SMS gateway is held to: its own texts, and what a stranger may send to its address."""
    form, word = PARTIES[name].inbound, next(iter(gateway.acknowledged))
    assert form is not None
    ok = canonical(gateway.acknowledged)

    def text(at: datetime = NOW, text: str = "帮助", phone: str = "13800001234") -> bytes:
        return gateway.sent(at, text, phone=phone)

    def spoilt(field: str, value: Any) -> bytes:
        changes: dict[str, Any] = {field: value}
        return gateway.sent(NOW, **changes)

    def no(label: str, value: Any, status: int = 400, key: str = "sms-key") -> Row:
        told = f'"{status}"' if isinstance(gateway.acknowledged[word], str) else f"{status}"
        return Row(name, label, sms(name, value, key), status, expect=f'"{word}":{told}')

    rows = [
        good(name, "good", sms(name, text(NOW, "进度")), "进度", TEL, ok),
        good(name, "good, with +86", sms(name, text(phone="+8613800001234")), "帮助", TEL, ok),
        no("bad key", text(), 401, "no"),
        no("no key", text(), 401, ""),
        no("key with odd letters", text(), 401, "密"),
        no("stale", text(OLD), 401),
        no("from the future", text(NOW + timedelta(hours=1)), 401),
        no("garbage", b"<xml/>"),
        no("half a text", b"text=1"),
        no("time that is none", spoilt(form.at, "2026-02-30 00:00:00")),
        no("time beyond all time", spoilt(form.at, str(10**20))),
        no("no time", spoilt(form.at, None)),
        no("no text", spoilt(form.text, None)),
        no("no phone", spoilt(form.phone, None)),
        no("not a mobile", text(phone="10086")),
        no("text too long", text(NOW, "长" * 1001)),
        no("empty", b""),
        no("too large", b" " * LARGE, 413),
        no("over a megabyte", b" " * HUGE, 413),
        no("wrong encoding", LATIN, 415),
    ]
    if form.sequence:
        rows += [no("no number", spoilt(form.sequence, None))]
    if gateway.lists:
        mixed = gateway.told([7, *json.loads(text())])
        rows += [
            good(name, "batch", sms(name, gateway.sent(NOW, "进度", "0", "5")), "进度", TEL, ok, turns=3),
            good(name, "one of two unreadable", sms(name, mixed), "帮助", TEL, ok),
            no("no messages", []),
        ]
    if form.body is not wire.form:
        rows += [
            no("text of the wrong type", spoilt(form.text, 5)),
            no("time of the wrong type", spoilt(form.at, [])),
        ]
        rows += [no("time far beyond all time", spoilt(form.at, 10**20)), no("null", None), no("deep", b"[" * 60000)]
    return rows


EVENT = {"MsgType": "event", "Content": "", "MsgId": ""}
ROWS = [
    # — WeChat, plain —
    good("wechat", "good", wechat(NOW, letter(NOW, "进度")), "进度", WX, "办件号"),
    good(
        "wechat", "good, at the edge of fresh", wechat(NOW - timedelta(seconds=600), letter(NOW)), "帮助", WX, "Content"
    ),
    good("wechat", "subscribe", wechat(NOW, letter(NOW, **EVENT, Event="subscribe")), "", WX, "Content"),
    good(
        "wechat", "menu key", wechat(NOW, letter(NOW, **EVENT, Event="CLICK", EventKey="进度")), "进度", WX, "Content"
    ),
    good(
        "wechat",
        "picture",
        wechat(NOW, letter(NOW, "", MsgType="image", PicUrl="x", MediaId="y")),
        "帮助",
        WX,
        "办件号",
    ),
    good("wechat", "voice", wechat(NOW, letter(NOW, "", MsgType="voice", Recognition="进度")), "进度", WX, "Content"),
    Row("wechat", "unsubscribe", wechat(NOW, letter(NOW, **EVENT, Event="unsubscribe")), expect="success"),
    Row(
        "wechat",
        "event unknown to wechatpy",
        wechat(NOW, letter(NOW, **EVENT, Event="subscribe_msg_sent_event")),
        expect="success",
    ),
    Row("wechat", "bad signature", wechat(NOW, letter(NOW), signature="0" * 40), 401),
    Row("wechat", "no signature", replace(wechat(NOW, letter(NOW)), query={}), 401),
    Row("wechat", "signature with odd letters", wechat(NOW, letter(NOW), signature="签名"), 401),
    Row("wechat", "stale", wechat(LATE, letter(LATE)), 401),
    Row("wechat", "from the future", wechat(NOW + timedelta(minutes=11), letter(NOW)), 401),
    Row("wechat", "garbage", wechat(NOW, "<xml><a>"), 400),
    Row("wechat", "no XML", wechat(NOW, '{"a": 1}'), 400),
    Row("wechat", "XML without a message", wechat(NOW, "<a/>"), 400),
    Row("wechat", "no sender", wechat(NOW, letter(NOW, FromUserName="")), 400),
    Row("wechat", "sender with markup", wechat(NOW, letter(NOW, FromUserName="]]><x>")), 400),
    Row("wechat", "time that is none", wechat(NOW, letter(NOW, CreateTime="soon")), 400),
    Row("wechat", "number that is none", wechat(NOW, letter(NOW, MsgId="x")), 400),
    Row("wechat", "empty", wechat(NOW, ""), 400),
    Row("wechat", "too large", wechat(NOW, letter(NOW, "长" * LARGE)), 413),
    Row("wechat", "over a megabyte", wechat(NOW, b"x" * HUGE), 413),
    Row("wechat", "wrong encoding", wechat(NOW, b"<xml><Content>" + LATIN + b"</Content></xml>"), 415),
    Row("wechat", "bomb", wechat(NOW, bomb()), 400),
    Row("wechat", "external entity", wechat(NOW, bomb("external")), 400),
    # — WeChat, sealed —
    good("wechat", "good, sealed", wechat(NOW, letter(NOW, "进度"), aes=True), "进度", WX, "Encrypt"),
    good("wechat secure", "good, sealed", wechat(NOW, letter(NOW, "进度"), aes=True), "进度", WX, "Encrypt"),
    Row("wechat secure", "not sealed", wechat(NOW, letter(NOW)), 401),
    Row("wechat", "bad envelope signature", wechat(NOW, letter(NOW), aes=True, msg_signature="0" * 40), 401),
    Row("wechat", "envelope of nothing", wechat(NOW, "<xml/>", encrypt_type="aes", msg_signature="0" * 40), 400),
    Row("wechat", "sealed bomb", wechat(NOW, bomb(), aes=True), 400),
    Row("wechat", "sealed garbage", wechat(NOW, "garbage", aes=True), 400),
    # — SMS —
    *(row for name, gateway in gateways().items() for row in gateway_rows(name, gateway)),
    # — telephone —
    good("ivr", "start of a call", ivr(), "", TEL, "vxml"),
    good("ivr", "good", ivr("1"), "1", TEL, "vxml"),
    good("ivr", "end mark", ivr("123#"), "123", TEL, "vxml"),
    good("ivr", "end mark alone", ivr("#"), "#", TEL, "vxml"),
    good("ivr", "sip", ivr("1", caller="sip:+8613800001234@10.0.0.1"), "1", TEL, "vxml"),
    good("ivr", "fixed line", ivr("1", caller="02886601234"), "1", "tel:02886601234", "vxml"),
    good("ivr", "number withheld", ivr("1", caller="anonymous"), "1", "call:c-1", "vxml"),
    Row("ivr", "bad key", ivr("1", key="no"), 401, expect="disconnect"),
    Row("ivr", "no key", ivr("1", key=""), 401),
    Row("ivr", "garbage", ivr(raw=b"<xml/>"), 400, expect="disconnect"),
    Row("ivr", "no call", ivr(raw=b"keys=1"), 400),
    Row("ivr", "keys no telephone has", ivr("1; DROP"), 400),
    Row("ivr", "caller with script", ivr("1", caller="'+alert(1)+'"), 400),
    Row("ivr", "turn that is none", ivr("1", seq="-1"), 400),
    Row("ivr", "empty", ivr(raw=b""), 400),
    Row("ivr", "too large", ivr("1" * LARGE), 413),
    Row("ivr", "over a megabyte", ivr(raw=b"x" * HUGE), 413),
    Row("ivr", "wrong encoding", ivr(raw=b"call=" + LATIN), 415),
    Row("ivr", "wrong encoding in the form", ivr(raw=b"call=c&keys=%C4%E3"), 400),
]
