"""One contract for every talk channel: a row is a request and what must come of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from parties.wire import Inbound
from tests.contract.channels.requests import aliyun, bomb, ivr, letter, sms, tencent, wechat
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
EVENT = {"MsgType": "event", "Content": "", "MsgId": ""}
RECEIVED, OK = '"code":0', '"result":0'
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
    # — SMS, Aliyun —
    good("aliyun", "good", sms("aliyun", aliyun(NOW, "进度")), "进度", TEL, RECEIVED),
    good("aliyun", "batch", sms("aliyun", aliyun(NOW, "进度", "0", "5")), "进度", TEL, RECEIVED, turns=3),
    good("aliyun", "with +86", sms("aliyun", aliyun(NOW, phone="+8613800001234")), "帮助", TEL, RECEIVED),
    good("aliyun", "one of two unreadable", sms("aliyun", [7, *aliyun(NOW)]), "帮助", TEL, RECEIVED),
    Row("aliyun", "bad key", sms("aliyun", aliyun(NOW), key="no"), 401, expect='"code":401'),
    Row("aliyun", "no key", sms("aliyun", aliyun(NOW), key=""), 401),
    Row("aliyun", "key with odd letters", sms("aliyun", aliyun(NOW), key="密"), 401),
    Row("aliyun", "stale", sms("aliyun", aliyun(OLD)), 401, expect='"code":401'),
    Row("aliyun", "garbage", sms("aliyun", b"<xml/>"), 400, expect='"code":400'),
    Row("aliyun", "wrong type", sms("aliyun", aliyun(NOW, content=5)), 400),
    Row("aliyun", "time that is none", sms("aliyun", aliyun(NOW, send_time="2026-02-30 00:00:00")), 400),
    Row("aliyun", "no number", sms("aliyun", aliyun(NOW, sequence_id=None)), 400),
    Row("aliyun", "not a mobile", sms("aliyun", aliyun(NOW, phone="10086")), 400),
    Row("aliyun", "text too long", sms("aliyun", aliyun(NOW, "长" * 1001)), 400),
    Row("aliyun", "no messages", sms("aliyun", []), 400),
    Row("aliyun", "null", sms("aliyun", None), 400),
    Row("aliyun", "deep", sms("aliyun", b"[" * 60000), 400),
    Row("aliyun", "empty", sms("aliyun", b""), 400),
    Row("aliyun", "too large", sms("aliyun", b" " * LARGE), 413),
    Row("aliyun", "over a megabyte", sms("aliyun", b" " * HUGE), 413),
    Row("aliyun", "wrong encoding", sms("aliyun", b'[{"content":"' + LATIN + b'"}]'), 415),
    # — SMS, Tencent —
    good("tencent", "good", sms("tencent", tencent(NOW, "进度")), "进度", TEL, OK),
    Row("tencent", "bad key", sms("tencent", tencent(NOW), key="no"), 401, expect='"result":401'),
    Row("tencent", "stale", sms("tencent", tencent(OLD)), 401),
    Row("tencent", "from the future", sms("tencent", tencent(NOW + timedelta(hours=1))), 401),
    Row("tencent", "garbage", sms("tencent", b"text=1"), 400, expect='"result":400'),
    Row("tencent", "wrong type", sms("tencent", tencent(NOW, mobile=None)), 400),
    Row("tencent", "time beyond all time", sms("tencent", tencent(NOW, time=10**20)), 400),
    Row("tencent", "empty", sms("tencent", b""), 400),
    Row("tencent", "too large", sms("tencent", b" " * LARGE), 413),
    Row("tencent", "wrong encoding", sms("tencent", LATIN), 415),
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
