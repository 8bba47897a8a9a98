"""WeChat Pay's side of the wire: answers and notices really signed and sealed, by keys made here."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import secrets
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chalicelib.kernel import clock
from chalicelib.payments.party import Line
from parties.wire import JSON, Inbound, Outbound
from sandbox import rsa
from sandbox.parties.wechat_pay.bills import written
from tests.contract.farend import Answer, Asked, Play
from tests.contract.parties.payee import BILL, Gone, Payee, Told, key
from tests.unit.samples import NOW

TYPE = "WECHATPAY2-SHA256-RSA2048"
APIV3 = "0123456789abcdef0123456789abcdef"
SERIAL = "PUB_KEY_ID_0110000000000000000000000001"
SETTINGS = {
    "mchid": "1900000001",
    "appid": "wx0123456789abcdef",
    "apiv3_key": APIV3,
    "private_key": rsa.private(key("merchant")),
    "cert_serial_no": "5157F09EFDC096DE15EBE81A47057A7232F1B8E1",
    "public_key": rsa.public(key("party")),
    "public_key_id": SERIAL,
    "notify_url": "https://ryb.example/channels/pay/wechat/notify",
}

# — what it answers —


def play(status: int, answer: Any, who: str = "party") -> Play:
    """Check our signature, then answer, signed."""

    def played(asked: Asked) -> Answer:
        given = dict(re.findall(r'(\w+)="([^"]*)"', asked.headers["authorization"]))
        target = asked.path.removeprefix("/parties/far") + (f"?{asked.query}" if asked.query else "")
        lines = (asked.method, target, given["timestamp"], given["nonce_str"], asked.body.decode())
        if not rsa.signed(key("merchant"), "".join(f"{line}\n" for line in lines).encode(), given["signature"]):
            return 401, b'{"code": "SIGN_ERROR"}'
        text = b"" if answer is None else json.dumps(answer, ensure_ascii=False).encode()
        return status, text, _headers(text, str(int(time.time())), who)

    return played


def _headers(body: bytes, stamp: str, who: str) -> dict[str, str]:
    nonce = secrets.token_hex(16)
    return {
        "wechatpay-timestamp": stamp,
        "wechatpay-nonce": nonce,
        "wechatpay-signature": rsa.sign(key(who), f"{stamp}\n{nonce}\n".encode() + body + b"\n"),
        "wechatpay-serial": SERIAL,
        "wechatpay-signature-type": TYPE,
    }


# — what it tells —


def transaction(told: Told, **changes: Any) -> dict[str, Any]:
    """Write an order as WeChat tells of it in a query's answer and in a notice."""
    return {
        "appid": SETTINGS["appid"],
        "mchid": told.merchant or SETTINGS["mchid"],
        "out_trade_no": told.number,
        "transaction_id": told.transaction,
        "trade_state": told.state or "SUCCESS",
        "trade_state_desc": "支付成功",
        "success_time": told.at.isoformat(),
        "amount": {"total": told.fen, "payer_total": told.fen, "currency": "CNY"},
        "payer": {"openid": "oOwner00000000000000000000001"},
        **changes,
    }


def letter(resource: dict[str, Any], event_type: str = "TRANSACTION.SUCCESS", apiv3_key: str = APIV3) -> bytes:
    nonce = secrets.token_hex(6)
    text = AESGCM(apiv3_key.encode()).encrypt(nonce.encode(), json.dumps(resource).encode(), b"transaction")
    sealed = {"algorithm": "AEAD_AES_256_GCM", "original_type": "transaction", "associated_data": "transaction"}
    sealed |= {"nonce": nonce, "ciphertext": base64.b64encode(text).decode()}
    body = {"id": "EV-1", "resource_type": "encrypt-resource", "event_type": event_type, "resource": sealed}
    return json.dumps(body).encode()


def signed(body: bytes, at: datetime = NOW, who: str = "party", headers: dict[str, str] | None = None) -> Inbound:
    made = _headers(body, str(clock.epoch(at)), who) | {"content-type": "application/json"}
    kept = {name: value for name, value in {**made, **(headers or {})}.items() if value}
    return Inbound("POST", "/channels/pay/wechat/notify", kept, {}, body)


def refund(gone: Gone, **changes: Any) -> dict[str, Any]:
    """Write a refund as WeChat tells of it in an answer."""
    return {
        "refund_id": "50300001",
        "out_refund_no": gone.number,
        "transaction_id": Told().transaction,
        "out_trade_no": Told().number,
        "create_time": gone.at.isoformat(),
        "status": gone.state or "SUCCESS",
        "amount": {"total": 8000, "refund": gone.fen, "payer_refund": gone.fen, "currency": "CNY"},
        **changes,
    }


def back_letter(gone: Gone, **changes: Any) -> bytes:
    told = refund(gone)
    status = told.pop("status")
    told |= {"mchid": SETTINGS["mchid"], "refund_status": status, "success_time": gone.at.isoformat(), **changes}
    return letter(told, f"REFUND.{status}")


WORDS = {"done": "SUCCESS", "on its way": "PROCESSING", "undone": "CHANGE"}


def bill_text(lines: Sequence[Line] = BILL) -> str:
    """Write a bill: a backtick before each value, sums at the end."""
    found = [
        {
            "number": line.number,
            "out_trade_no": line.out_trade_no,
            "transaction": line.transaction_id,
            "fen": line.amount_fen,
            "state": WORDS[line.going] if line.kind == "out" else {"done": "SUCCESS"}.get(line.going, "REVOKED"),
            "refund": line.kind == "out",
        }
        for line in lines
    ]
    return written(found, "2026-07-01", SETTINGS)


def bill(text: str, digest: str = "", packed: bool = True) -> Play:
    """Tell where the bill is with its digest, then hand it out."""
    plain = text.encode()
    told = {"hash_type": "SHA1", "hash_value": digest or hashlib.sha1(plain).hexdigest()}

    def played(asked: Asked) -> Answer:
        if asked.path.endswith("/v3/billdownload/file"):
            return 200, gzip.compress(plain) if packed else plain, {"content-type": "application/octet-stream"}
        host = f"http://{asked.headers['host']}{asked.path.removesuffix('/v3/bill/tradebill')}"
        return play(200, told | {"download_url": f"{host}/v3/billdownload/file?token=t"})(asked)

    return played


def _no(answer: Outbound) -> bool:
    told = json.loads(answer.body)
    return answer.status >= 400 and told["code"] == "FAIL" and bool(told["message"])


PAYEE = Payee(
    SETTINGS,
    {
        "taken": play(200, {"code_url": "weixin://wxpay/bizpayurl?pr=1"}),
        "in_app": play(200, {"prepay_id": "wx2014"}),
        "open": play(200, {"trade_state": "NOTPAY", "trade_state_desc": "订单未支付"}),
        "paid": play(200, transaction(Told())),
        "ended": play(200, {"trade_state": "CLOSED", "trade_state_desc": "订单已关闭"}),
        "unknown": play(404, {"code": "ORDER_NOT_EXIST", "message": "订单不存在"}),
        "closed": play(204, None),
        "close_paid": play(400, {"code": "ORDERPAID", "message": "该订单已支付"}),
        "refused": play(400, {"code": "PARAM_ERROR", "message": "参数错误"}),
        "back": play(200, refund(Gone(state="PROCESSING"))),
        "back_success": play(200, refund(Gone())),
        "back_closed": play(200, refund(Gone(state="CLOSED"))),
        "back_abnormal": play(200, refund(Gone(state="ABNORMAL"))),
        "no_back": play(404, {"code": "RESOURCE_NOT_EXISTS", "message": "退款单不存在"}),
        "bill": bill(bill_text()),
        "bill_changed": bill(bill_text(), digest="0" * 40),
        "no_bill": play(400, {"code": "NO_STATEMENT_EXIST", "message": "账单文件不存在"}),
        "busy": play(500, {"code": "SYSTEM_ERROR", "message": "系统异常"}),
        "forged": play(200, {"trade_state": "NOTPAY", "trade_state_desc": "订单未支付"}, who="stranger"),
    },
    notice=lambda told, at=NOW, who="party": signed(letter(transaction(told)), at, who),
    back=lambda gone: signed(back_letter(gone)),
    backs={"SUCCESS": "success", "CLOSED": "closed", "ABNORMAL": "abnormal"},
    other=("NOTPAY", "CLOSED", "REFUND"),
    raw=signed,
    taken=Outbound(204, "", JSON),
    no=_no,
)
