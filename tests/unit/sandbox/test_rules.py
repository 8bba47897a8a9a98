"""Small rules of the far ends: faults, signatures' published examples, field limits, waybills, keys, what is kept."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto

from chalicelib.delivery.waybill import postal
from chalicelib.kernel.errors import InvalidInput
from sandbox.faults import Faults
from sandbox.parties.aliyun.server import acs3_signature, rpc_signature
from sandbox.parties.ems.server import waybill_number
from sandbox.parties.tencent.server import tc3_signature
from sandbox.parties.wechat import subscribe
from sandbox.parties.wechat.chat import sign
from sandbox.registry import BREAKABLE, make_parties
from sandbox.state import Memory, Order, Sent, Waybill


def test_faults_end_by_themselves_and_can_be_cleared() -> None:
    moment = [0.0]
    faults = Faults(BREAKABLE, clock=lambda: moment[0])
    faults.put({"party": "sms", "mode": "down", "seconds": 10})
    faults.put({"party": "ems", "mode": "slow", "seconds": 5})
    assert [(row["party"], row["seconds_left"]) for row in faults.list()] == [("sms", 10), ("ems", 5)]
    moment[0] = 5
    assert (faults.mode("sms"), faults.mode("ems")) == ("down", None)
    faults.put({"party": "sms", "mode": "error", "seconds": 10})
    assert faults.mode("sms") == "error"
    faults.put({"party": "sms", "seconds": 0})
    assert faults.list() == []


@pytest.mark.parametrize(
    "body",
    [{}, {"party": "sms"}, {"party": "sms", "mode": "down"}, {"party": "sms_inbound", "mode": "error", "seconds": 1}]
    + [{"party": "sms", "mode": "down", "seconds": wrong} for wrong in ("1", -1, 1e9, True, None)]
    + [{"party": ["sms"], "mode": "down", "seconds": 1}],
)
def test_wrong_faults_are_refused(body: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        Faults(BREAKABLE).put(body)


def test_aliyuns_published_examples() -> None:
    params = {
        "Timestamp": "2016-02-23T12:46:24Z",
        "Format": "XML",
        "AccessKeyId": "testid",
        "Action": "DescribeRegions",
        "SignatureMethod": "HMAC-SHA1",
        "SignatureNonce": "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf",
        "Version": "2014-05-26",
        "SignatureVersion": "1.0",
    }
    assert rpc_signature("GET", params, "testsecret") == "OLeaidS1JvxuMvnyHOwuJ+uX5qY="
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    headers = {
        "host": "ecs.cn-shanghai.aliyuncs.com",
        "x-acs-action": "RunInstances",
        "x-acs-content-sha256": empty,
        "x-acs-date": "2023-10-26T10:22:32Z",
        "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
        "x-acs-version": "2014-05-26",
    }
    query = "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai"
    signed = ";".join(sorted(headers))
    signature = acs3_signature(("POST", "/", query), headers, signed, empty, "YourAccessKeySecret")
    assert signature == "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"


def test_tencents_signature_is_the_same_as_the_products() -> None:
    from datetime import UTC, datetime

    from parties.tencent.sms import authorize

    moment = datetime(2026, 1, 5, 1, 2, 3, tzinfo=UTC)
    headers = {"content-type": "application/json", "host": "sms.tencentcloudapi.com", "x-tc-action": "SendSms"}
    theirs = authorize("ID", "KEY", "sms", headers, b"{}", moment)
    stamped = headers | {"x-tc-timestamp": str(int(moment.timestamp()))}
    assert theirs.endswith(tc3_signature(b"{}", "/", stamped, "content-type;host;x-tc-action", "KEY"))


def test_wechats_published_signature() -> None:
    assert sign("tok", "1700000000", "abc") == "94cf9598733743e189a0e21e9ce5c9456591a0ff"


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("thing1", "老年人优待证", "长" * 21),
        ("number1", "12.5", "12a"),
        ("letter1", "abc", "ab1"),
        ("symbol1", "!!", "!!!!!!"),
        ("character_string1", "260101-A", "办件"),
        ("time1", "15:01", "下午"),
        ("time1", "2026年1月5日 15:01~2026年1月6日", "2026"),
        ("date1", "2026年1月5日", "昨天"),
        ("amount1", "¥160.00元", "一百"),
        ("phone_number1", "+86-0766-66888866", "电话"),
        ("car_number1", "川A8Z888", "川A8Z888挂挂挂"),
        ("name1", "王秀英", "名" * 11),
        ("phrase1", "已受理", "已受理啦啦啦"),
        ("unknown1", "", "x"),
    ],
)
def test_limits_of_fields(key: str, right: str, wrong: str) -> None:
    def told(value: str) -> str | None:
        return subscribe.fault({key: ""}, {key: {"value": value}})

    assert not right or told(right) is None
    assert key in str(told(wrong)) and key in str(told("")) and key in str(told("a\tb"))


def test_data_must_be_the_templates() -> None:
    assert "thing2" in str(subscribe.fault({"thing1": ""}, {"thing1": {"value": "x"}, "thing2": {"value": "x"}}))
    assert subscribe.fault({"thing1": ""}, None) and subscribe.fault({"thing1": ""}, {"thing1": "x"})


@given(st.integers(0, 10**8 - 1))
def test_waybills_carry_their_check_digit(serial: int) -> None:
    number = waybill_number(serial)
    assert len(number) == 13 and postal(number)
    total = sum(int(digit) * weight for digit, weight in zip(number[2:10], (8, 6, 4, 2, 3, 5, 9, 7), strict=True))
    check = int(number[10])
    assert (total + check) % 11 == 0 or (check, total % 11) in ((0, 1), (5, 0))


def test_the_published_waybill() -> None:
    assert waybill_number(43426600) == "EA434266003CN"


def test_keys_have_their_vendors_shapes() -> None:
    parties, private = make_parties("http://127.0.0.1:8000/")
    again, _ = make_parties("http://127.0.0.1:8000")
    pay, wechat = parties["wechat_pay"], parties["wechat"]
    assert len(pay["apiv3_key"].encode()) == 32 and pay["public_key_id"].startswith("PUB_KEY_ID_")
    assert pay["mchid"].isdigit() and len(pay["cert_serial_no"]) == 40 and pay["appid"] == wechat["appid"]
    assert len(wechat["encoding_aes_key"]) == 43 and WeChatCrypto("t", wechat["encoding_aes_key"], "a")
    assert len(base64.b64decode(parties["ems"]["key"])) == 16
    assert load_pem_public_key(pay["public_key"].encode())
    assert private["wechat_pay_platform_private_key"].startswith("-----BEGIN PRIVATE KEY-----")
    assert wechat["base_url"] == "http://127.0.0.1:8000/sandbox/parties/wechat"
    assert again["wechat"]["token"] != wechat["token"]


def test_what_is_remembered_survives_a_restart(tmp_path: Path) -> None:
    state, path = Memory(), tmp_path / "sandbox.json"
    state.text("13800138000", "你好", "13800138000")
    state.chat("o1", "在", "o1")
    state.sent.append(Sent("2026-01-05", "aliyun", "1", "13800138000", "SMS_CODE", "x"))
    state.orders["A"] = Order("A", "wechat_pay", "JSAPI", "x", 5, {}, "wx", "2026-01-05")
    state.waybills["E"] = Waybill("E", "ems", "A", "2026-01-05", {"name": "王"}, [{"action": "10"}])
    state.save(path)
    assert Memory.load(path) == state
    assert Memory.load(tmp_path / "none.json") == Memory()
    path.write_text('{"phones": 5}')
    assert Memory.load(path) == Memory()
