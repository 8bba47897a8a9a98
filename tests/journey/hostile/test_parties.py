"""Who claims to be WeChat, a gateway or a courier is not believed without proof."""

from __future__ import annotations

import hashlib
import json
import time
from typing import Any

from parties.registry import CALLBACKS
from tests.journey.city import City
from tests.journey.hostile.kit import STRANGER, Try, all_refused

TRACKS = [f"/channels/{path}" for path in CALLBACKS if path.startswith("delivery/")]


def _wechat(city: City, age: int = 0, token: str = "") -> dict[str, str]:
    stamp = str(int(time.time()) - age)
    parts = sorted([token or city.endpoints["wechat"]["token"], stamp, "nonce"])
    return {"timestamp": stamp, "nonce": "nonce", "signature": hashlib.sha1("".join(parts).encode()).hexdigest()}


def test_wechat_is_not_believed_without_proof(city: City) -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "aaaaaaaaaa"}">' for n in range(9))
    hostile = {
        "bomb": f"<!DOCTYPE x [{bomb}]><xml><Content>&a8;</Content></xml>",
        "entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><Content>&e;</Content></xml>',
        "document type": f'<!DOCTYPE x SYSTEM "{city.endpoints["api"]}/v1/health"><xml/>',
        "deep": "<xml>" + "<a>" * 5000 + "</a>" * 5000 + "</xml>",
        "json": "{}",
    }
    stamps = {"stale": _wechat(city, 700), "early": _wechat(city, -700), "forged": _wechat(city, token="x")}
    stamps["no time"] = {"signature": hashlib.sha1(city.endpoints["wechat"]["token"].encode()).hexdigest()}
    tries = [
        Try("/channels/wechat", "", name, {"params": _wechat(city), "content": body}) for name, body in hostile.items()
    ]
    tries += [
        Try("/channels/wechat", "", name, {"params": query, "content": "<xml/>"}) for name, query in stamps.items()
    ]
    all_refused(city, tries)


def test_parties_and_platforms_are_not_believed(city: City) -> None:
    ivr, sms = city.endpoints["ivr"]["vxml"], city.endpoints["sms"]
    now = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() + 8 * 3600))
    said = {"phone_number": STRANGER, "content": "帮助", "send_time": now, "sequence_id": "1"}
    receipt = {"biz_id": "nobody", "report_time": now, "success": True, "out_id": ""}
    spoilt: list[dict[str, Any]] = [{"send_time": "2020-01-01 00:00:00"}, {"send_time": "2026-02-30 00:00:00"}]
    spoilt += [{"phone_number": "١٣٨٠٠٠٦٠٠٠١"}, {"content": "长" * 1001}, {"sequence_id": True}]
    wrong: list[dict[str, Any]] = [{}, {"biz_id": "\ud800"}, {"report_time": "x"}, {"biz_id": 5}]
    keyed = ("caller=1", "call=c&seq=99999", "call=c&keys=" + "1" * 10_000, "call=%FF", "call='", "call=c&seq=%D9%A3")
    keyless = (ivr, sms["inbound"]["tencent"], sms["receipt"]["tencent"], *TRACKS)
    unsigned = {
        "Wechatpay-Timestamp": str(int(time.time())),
        "Wechatpay-Nonce": "n",
        "Wechatpay-Serial": "PUB_KEY_ID_1",
    }
    probe = unsigned | {"Wechatpay-Signature": "WECHATPAY/SIGNTEST/" + "A" * 300}
    tries = [Try(ivr, "", keys[:20], {"content": keys}) for keys in keyed]
    tries += [
        Try(sms["inbound"]["aliyun"], "", str(each)[:30], {"content": json.dumps([said | each])}) for each in spoilt
    ]
    tries += [Try(sms["receipt"]["aliyun"], "", str(each), {"content": json.dumps([receipt | each])}) for each in wrong]
    tries += [Try(path.partition("?")[0] + "?key=wrong") for path in keyless]
    tries += [
        Try("/channels/pay/wechat/notify", more={"content": b"{}", "headers": headers}) for headers in (unsigned, probe)
    ]
    bodies = (b"{}", b"[]", b"a=1&sign=AAAA&sign_type=RSA2", b"\xff\xfe", b"<xml/>", b"0" * 70_000)
    tries += [Try(f"/channels/{path}", "", str(body)[:20], {"content": body}) for path in CALLBACKS for body in bodies]
    tries += [Try(f"/channels/{path}") for path in ("pay/nobody/notify", "sms/nobody/inbound", "delivery/nobody/track")]
    all_refused(city, tries)
