"""What the far ends remember: threads, chats, orders, waybills. Kept in memory; written to a file on a clean stop if asked."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from chalicelib.kernel.clock import iso, now

OURS = "蓉易办"  # who a message in a thread is from, when it is from our side


@dataclass
class Bubble:
    """One bubble. `sender` is the citizen's phone or openid, or `OURS`."""

    at: str
    text: str
    sender: str

    def wire(self) -> dict[str, str]:
        """Return `{at, text, from}` as the driving API shows it."""
        return {"at": self.at, "text": self.text, "from": self.sender}


@dataclass
class Sent:
    """One SMS a gateway took from us. `reference` is what we passed along (OutId or SessionContext)."""

    at: str
    provider: str
    sid: str
    phone: str
    template: str
    text: str
    reference: str = ""
    status: str = "waiting"  # waiting | delivered | failed


@dataclass
class Order:
    """One order at a payment party; `total` in fen, `request` as the party was asked.

    `trade_type` JSAPI (paid in the app), NATIVE (scanned) or H5 (on a phone's browser), `state` NOTPAY, SUCCESS
    or CLOSED: the words of the driving API.
    """

    out_trade_no: str
    party: str
    trade_type: str
    description: str
    total: int
    request: dict[str, Any]
    handle: str  # prepay_id, or code_url for NATIVE
    created: str
    openid: str = ""  # the payer, named in the order or known when it is paid
    expires: str = ""
    state: str = "NOTPAY"
    transaction_id: str = ""
    success_time: str = ""


@dataclass
class Refund:
    """One refund at a payment party; `amount` in fen, `state` in the party's words, `request` as it was asked."""

    out_refund_no: str
    party: str
    out_trade_no: str
    refund_id: str
    amount: int
    request: dict[str, Any]
    created: str
    state: str = "PROCESSING"
    success_time: str = ""


@dataclass
class Waybill:
    """One courier's waybill with its tracks, oldest first."""

    number: str
    courier: str
    order_id: str
    created: str
    receiver: dict[str, str]
    tracks: list[dict[str, str]] = field(default_factory=list)


@dataclass
class Memory:
    """Everything remembered. `refused`: openid → template ids, `*` for all of them."""

    phones: dict[str, list[Bubble]] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    chats: dict[str, list[Bubble]] = field(default_factory=dict)
    cards: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    refused: dict[str, list[str]] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    waybills: dict[str, Waybill] = field(default_factory=dict)
    refunds: dict[str, Refund] = field(default_factory=dict)
    amended: dict[str, dict[str, Any]] = field(default_factory=dict)  # lines of bills as they are not, by number

    def text(self, phone: str, text: str, sender: str) -> Bubble:
        """Put one message in a phone's SMS thread."""
        return _add(self.phones, phone, text, sender)

    def chat(self, openid: str, text: str, sender: str) -> Bubble:
        """Put one message in a WeChat chat."""
        return _add(self.chats, openid, text, sender)

    def order(self, number: str, moment: datetime) -> Order | None:
        """Return an order as it stands: one whose time has run out is closed."""
        order = self.orders.get(number)
        if order and order.state == "NOTPAY" and order.expires and datetime.fromisoformat(order.expires) <= moment:
            order.state = "CLOSED"
        return order

    def save(self, path: Path) -> None:
        """Write all of it as JSON, replacing the file at once."""
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".part")
        half.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")
        half.replace(path)

    @classmethod
    def load(cls, path: Path) -> Memory:
        """Read what `save` wrote; an absent or unreadable file gives an empty state."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls(
                phones={phone: [Bubble(**row) for row in rows] for phone, rows in data["phones"].items()},
                sent=[Sent(**row) for row in data["sent"]],
                chats={openid: [Bubble(**row) for row in rows] for openid, rows in data["chats"].items()},
                cards=data["cards"],
                refused=data["refused"],
                orders={key: Order(**row) for key, row in data["orders"].items()},
                waybills={key: Waybill(**row) for key, row in data["waybills"].items()},
                refunds={key: Refund(**row) for key, row in data.get("refunds", {}).items()},
                amended=data.get("amended", {}),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls()


def _add(threads: dict[str, list[Bubble]], key: str, text: str, sender: str) -> Bubble:
    message = Bubble(iso(now()), text, sender)
    threads.setdefault(key, []).append(message)
    return message
