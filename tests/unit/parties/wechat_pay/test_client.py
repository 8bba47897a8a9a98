"""WeChat Pay v3 on the wire: a small far end that checks our signature and signs its answers."""

from __future__ import annotations

import base64
import json
import re
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from chalicelib.kernel.errors import InvalidInput, PartyFault, PartyRefused
from chalicelib.payments.party import OrderRequest, OrderState, Placed
from chalicelib.vocabulary.problems import PROBLEMS
from parties.wechat_pay.client import _OURS, WechatPay
from tests.unit.samples import NOW

SERIAL = "PUB_KEY_ID_1"
ORDER = OrderRequest("510123456789P1", 8000, "蓉易办-占道经营许可", NOW + timedelta(hours=2), "oOpenid")
PAID = {
    "appid": "wx0",
    "mchid": "1900000001",
    "out_trade_no": "510123456789P1",
    "transaction_id": "4200",
    "trade_state": "SUCCESS",
    "trade_state_desc": "支付成功",
    "success_time": "2026-07-01T09:35:00+08:00",
    "amount": {"total": 8000, "currency": "CNY"},
}


@cache
def keys(who: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class FarEnd(HTTPServer):
    """WeChat Pay for one test: what it answers, and what it was asked."""

    answer: tuple[int, Any] = (200, {})
    honest = True
    asked: tuple[str, str, dict[str, Any]]


class Handler(BaseHTTPRequestHandler):
    server: FarEnd

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        given = dict(re.findall(r'(\w+)="([^"]*)"', self.headers["Authorization"]))
        message = "\n".join((self.command, self.path, given["timestamp"], given["nonce_str"], body.decode())) + "\n"
        keys("merchant").public_key().verify(
            base64.b64decode(given["signature"]), message.encode(), PKCS1v15(), SHA256()
        )
        self.server.asked = (self.command, self.path, json.loads(body or b"{}"))
        status, answer = self.server.answer
        text = b"" if answer is None else json.dumps(answer, ensure_ascii=False).encode()
        stamp, key = str(int(time.time())), keys("wechat" if self.server.honest else "stranger")
        signature = key.sign(f"{stamp}\nn\n".encode() + text + b"\n", PKCS1v15(), SHA256())
        self.send_response(status)
        for name, value in {
            "Content-Type": "application/json; charset=utf-8",
            "Content-Length": str(len(text)),
            "Wechatpay-Timestamp": stamp,
            "Wechatpay-Nonce": "n",
            "Wechatpay-Serial": SERIAL,
            "Wechatpay-Signature": base64.b64encode(signature).decode(),
            "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def far() -> Iterator[FarEnd]:
    server = FarEnd(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def party(url: str) -> WechatPay:
    return WechatPay(
        {
            "base_url": url,
            "mchid": "1900000001",
            "appid": "wx0",
            "apiv3_key": "k" * 32,
            "private_key": keys("merchant").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
            "cert_serial_no": "5157F09E",
            "public_key": keys("wechat")
            .public_key()
            .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
            .decode(),
            "public_key_id": SERIAL,
            "notify_url": "https://ryb.example/channels/pay/wechat/notify",
        }
    )


@pytest.fixture
def pay(far: FarEnd) -> WechatPay:
    return party(f"http://127.0.0.1:{far.server_port}/")


def test_inside_wechat_a_prepay_id_and_signed_parameters(far: FarEnd, pay: WechatPay) -> None:
    far.answer = (200, {"prepay_id": "wx2014"})
    assert pay.place(ORDER) == Placed(ticket="wx2014")
    method, path, body = far.asked
    assert (method, path) == ("POST", "/v3/pay/transactions/jsapi")
    assert body == {
        "appid": "wx0",
        "mchid": "1900000001",
        "description": "蓉易办-占道经营许可",
        "out_trade_no": "510123456789P1",
        "notify_url": "https://ryb.example/channels/pay/wechat/notify",
        "amount": {"total": 8000, "currency": "CNY"},
        "payer": {"openid": "oOpenid"},
        "time_expire": "2026-07-01T11:30:00+08:00",
    }
    handed = pay.for_client("wx2014", NOW)
    params = handed["params"]
    message = "\n".join(("wx0", params["timeStamp"], params["nonceStr"], params["package"])) + "\n"
    keys("merchant").public_key().verify(base64.b64decode(params["paySign"]), message.encode(), PKCS1v15(), SHA256())
    assert (params["package"], params["signType"], handed["prepay_id"]) == ("prepay_id=wx2014", "RSA", "wx2014")


def test_elsewhere_a_code_to_scan(far: FarEnd, pay: WechatPay) -> None:
    far.answer = (200, {"code_url": "weixin://wxpay/bizpayurl?pr=1"})
    assert pay.place(OrderRequest("510123456789P1", 8000, "x", NOW)) == Placed(code_url="weixin://wxpay/bizpayurl?pr=1")
    assert far.asked[1] == "/v3/pay/transactions/native" and "payer" not in far.asked[2]


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        ("NOTPAY", OrderState(open=True)),
        ("USERPAYING", OrderState(open=True)),
        ("CLOSED", OrderState()),
        ("REVOKED", OrderState()),
        ("PAYERROR", OrderState()),
    ],
)
def test_how_an_order_stands(far: FarEnd, pay: WechatPay, state: str, standing: OrderState) -> None:
    far.answer = (200, {"trade_state": state, "trade_state_desc": "订单状态"})
    assert pay.query("510123456789P1") == standing
    assert far.asked[1] == "/v3/pay/transactions/out-trade-no/510123456789P1?mchid=1900000001"


def test_money_and_unknown_orders(far: FarEnd, pay: WechatPay) -> None:
    far.answer = (200, PAID)
    money = pay.query("510123456789P1").money
    assert money is not None and (money.transaction_id, money.amount_fen) == ("4200", 8000)
    far.answer = (404, {"code": "ORDER_NOT_EXIST", "message": "订单不存在"})
    assert pay.query("510123456789P1") == OrderState()
    far.answer = (200, {**PAID, "mchid": "1900000002"})
    with pytest.raises(InvalidInput):
        pay.query("510123456789P1")


def test_closing(far: FarEnd, pay: WechatPay) -> None:
    far.answer = (204, None)
    pay.close("510123456789P1")
    assert far.asked == ("POST", "/v3/pay/transactions/out-trade-no/510123456789P1/close", {"mchid": "1900000001"})
    for code in ("ORDER_NOT_EXIST", "ORDER_CLOSED"):
        far.answer = (400, {"code": code})
        pay.close("510123456789P1")
    far.answer = (400, {"code": "ORDERPAID"})
    with pytest.raises(PartyRefused) as told:
        pay.close("510123456789P1")
    assert told.value.code == "order_paid"


@pytest.mark.parametrize("theirs", [*_OURS, "APPID_MCHID_NOT_MATCH", "PARAM_ERROR", "order_paid"])
def test_a_refusal_has_a_code_of_ours(far: FarEnd, pay: WechatPay, theirs: str) -> None:
    far.answer = (400, {"code": theirs, "message": "不受理"})
    with pytest.raises(PartyRefused) as told:
        pay.place(ORDER)
    assert told.value.code in PROBLEMS and told.value.code == _OURS.get(theirs, "party_refused")


@pytest.mark.parametrize(
    "answer",
    [(500, {"code": "SYSTEM_ERROR"}), (429, {"code": "FREQUENCY_LIMITED"}), (400, {}), (502, None), (200, [1])],
)
def test_faults_are_faults(far: FarEnd, pay: WechatPay, answer: tuple[int, Any]) -> None:
    far.answer = answer
    with pytest.raises(PartyFault):
        pay.place(ORDER)


def test_an_answer_signed_by_a_stranger_is_not_believed(far: FarEnd, pay: WechatPay) -> None:
    far.answer, far.honest = (200, PAID), False
    with pytest.raises(PartyFault):
        pay.query("510123456789P1")


def test_nobody_there() -> None:
    with pytest.raises(PartyFault):
        party("http://127.0.0.1:9").query("510123456789P1")
