"""What stands behind every SMS gateway: the citizens' telephones, the receipts, and what citizens send up.

The shapes of their callbacks are each vendor's own (`Carrier`); all call again after 1, 5 and 10 minutes until we acknowledge.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlencode

import httpx

from chalicelib.kernel.clock import iso, now
from sandbox.box import Box
from sandbox.callbacks import Call
from sandbox.faults import CALLBACK, Breakable
from sandbox.state import Bubble, Sent

NUMBER = "1069012345"  # the number our messages come from
RETRIES = (60, 300, 600)
_RECEIPT_AFTER = 1.0  # seconds until a telephone has a message
_KEPT = 5000  # messages remembered for queries


class Carrier(Protocol):
    """One SMS vendor's shapes of what it pushes to us."""

    name: str
    form: bool
    """Whether it pushes forms; JSON else."""

    def pushed(self, phone: str, text: str, at: str, sequence: str) -> Any:
        """Write what a citizen sent (上行短信)."""

    def report(self, sent: Sent, delivered: bool) -> Any:
        """Write what became of what we sent (状态报告)."""

    def took(self, answer: Mapping[str, Any]) -> bool:
        """Tell whether we acknowledged."""


class Gateway:
    """Delivers to telephones and tells us so; passes on what telephones send. A fault strikes every vendor."""

    breakable = (
        Breakable("sms", "短信网关"),
        Breakable("sms_inbound", "上行短信推送", CALLBACK),
        Breakable("sms_receipts", "短信回执推送"),
    )

    def __init__(self, box: Box) -> None:
        self.box = box
        self.carriers: dict[str, Carrier] = {}

    def take(self, provider: str, phone: str, template: str, text: str, sid: str, reference: str) -> None:
        """Put a message on a telephone, and report it to our receipts address shortly after."""
        sign = self.box.parties[provider]["sign_name"]
        self.box.state.text(phone, f"【{sign}】{text}", NUMBER)
        sent = Sent(iso(now()), provider, sid, phone, template, text, reference)
        self.box.state.sent.append(sent)
        del self.box.state.sent[:-_KEPT]
        self._call("sms_receipts", "receipt", provider, lambda: self._receipt(sent), _RECEIPT_AFTER)

    def found(self, provider: str, phone: str) -> list[Sent]:
        """Return what a gateway sent to a telephone, oldest first."""
        return [sent for sent in self.box.state.sent if (sent.provider, sent.phone) == (provider, phone)]

    def up(self, phone: str, text: str, provider: str) -> Bubble:
        """Let the citizen send a message; the gateway passes it on to our inbound address."""
        message = self.box.state.text(phone, text, phone)
        body = self.carriers[provider].pushed(phone, text, message.at, str(secrets.randbelow(9 * 10**18) + 10**18))
        self.box.ours("sms", "inbound", provider)
        self._call("sms_inbound", "inbound", provider, lambda: body)
        return message

    def _receipt(self, sent: Sent) -> Any:
        delivered = self.box.faults.mode("sms_receipts") != "error"
        sent.status = "delivered" if delivered else "failed"
        return self.carriers[sent.provider].report(sent, delivered)

    def _call(self, party: str, kind: str, provider: str, body: Callable[[], Any], first: float = 0.0) -> None:
        def build() -> tuple[str, dict[str, str], bytes]:
            form, told = self.carriers[provider].form, body()
            content = urlencode(told) if form else json.dumps(told, ensure_ascii=False)
            media = "application/x-www-form-urlencoded" if form else "application/json;charset=utf-8"
            return self.box.ours("sms", kind, provider), {"Content-Type": media}, content.encode()

        def taken(answer: httpx.Response) -> bool:
            return answer.status_code == 200 and self.carriers[provider].took(answer.json())

        self.box.callbacks.send(Call(party, "sms", build, taken, RETRIES, first))


def stamp(at: str) -> str:
    """Write a moment as the vendors do: `2026-11-22 09:30:00` of Beijing."""
    return datetime.fromisoformat(at).strftime("%Y-%m-%d %H:%M:%S")
