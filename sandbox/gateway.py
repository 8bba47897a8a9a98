"""What stands behind both SMS gateways: the citizens' telephones, the receipts, and what citizens send up.

Callback shapes after domain notes §5; both vendors call again after 1, 5 and 10 minutes until we acknowledge.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import httpx

from chalicelib.kernel.clock import iso, now
from sandbox.box import Box
from sandbox.callbacks import Call
from sandbox.state import Message, Sent

NUMBER = "1069012345"  # the number our messages come from
RETRIES = (60, 300, 600)
_RECEIPT_AFTER = 1.0  # seconds until a telephone has a message
_KEPT = 5000  # messages remembered for queries


class Gateway:
    """Delivers to telephones and tells us so; passes on what telephones send."""

    def __init__(self, box: Box) -> None:
        self.box = box

    def take(self, provider: str, phone: str, template: str, text: str, sid: str, reference: str) -> None:
        """Put a message on a telephone, and report it to our receipts address shortly after."""
        sign = self.box.parties["sms"][provider]["sign_name"]
        self.box.state.text(phone, f"【{sign}】{text}", NUMBER)
        sent = Sent(iso(now()), provider, sid, phone, template, text, reference)
        self.box.state.sent.append(sent)
        del self.box.state.sent[:-_KEPT]
        self._call("sms_receipts", "receipt", provider, lambda: self._receipt(sent), _RECEIPT_AFTER)

    def found(self, provider: str, phone: str) -> list[Sent]:
        """Return what a gateway sent to a telephone, oldest first."""
        return [sent for sent in self.box.state.sent if (sent.provider, sent.phone) == (provider, phone)]

    def up(self, phone: str, text: str, provider: str) -> Message:
        """Let the citizen send a message; the gateway passes it on to our inbound address."""
        message = self.box.state.text(phone, text, phone)
        stamp, sequence = int(time.time()), str(secrets.randbelow(9 * 10**18) + 10**18)
        if provider == "aliyun":
            body: Any = [
                {
                    "phone_number": phone,
                    "content": text,
                    "send_time": _stamp(message.at),
                    "dest_code": NUMBER[4:],
                    "sequence_id": int(sequence),
                    "sign_name": self.box.parties["sms"]["aliyun"]["sign_name"],
                }
            ]
        else:
            sign = self.box.parties["sms"]["tencent"]["sign_name"]
            body = {"extend": "", "mobile": phone, "nationcode": "86", "sign": sign, "text": text, "time": stamp}
        self.box.ours("sms", "inbound", provider)
        self._call("sms_inbound", "inbound", provider, lambda: body)
        return message

    def _receipt(self, sent: Sent) -> Any:
        delivered = self.box.faults.mode("sms_receipts") != "error"
        sent.status = "delivered" if delivered else "failed"
        if sent.provider == "tencent":
            row = {"user_receive_time": _stamp(iso(now())), "nationcode": "86", "mobile": sent.phone, "sid": sent.sid}
            row |= {"report_status": "SUCCESS", "errmsg": "DELIVRD", "description": "用户短信送达成功"}
            return [
                row
                if delivered
                else row | {"report_status": "FAIL", "errmsg": "UNDELIV", "description": "用户短信接收失败"}
            ]
        return [
            {
                "phone_number": sent.phone,
                "send_time": _stamp(sent.at),
                "report_time": _stamp(iso(now())),
                "success": delivered,
                "err_code": "DELIVERED" if delivered else "UNDELIVERED",
                "err_msg": "用户接收成功" if delivered else "用户未接收",
                "sms_size": str(max(1, -(-len(sent.text) // 67))),
                "biz_id": sent.sid,
                "out_id": sent.reference,
            }
        ]

    def _call(self, party: str, kind: str, provider: str, body: Callable[[], Any], first: float = 0.0) -> None:
        def build() -> tuple[str, dict[str, str], bytes]:
            content = json.dumps(body(), ensure_ascii=False).encode()
            return self.box.ours("sms", kind, provider), {"Content-Type": "application/json;charset=utf-8"}, content

        self.box.callbacks.send(Call(party, "sms", build, _taken, RETRIES, first))


def _taken(answer: httpx.Response) -> bool:
    """Say whether we acknowledged: Aliyun wants `code` 0, Tencent `result` 0."""
    body = answer.json()
    return answer.status_code == 200 and 0 in (body.get("code"), body.get("result"))


def _stamp(at: str) -> str:
    return datetime.fromisoformat(at).strftime("%Y-%m-%d %H:%M:%S")
