"""Code sets (代码集) of money that goes back, and of the ledger."""

from __future__ import annotations

from typing import Literal

RefundReason = Literal["twice", "ended", "withdrawn", "revised", "wrong_amount"]
REFUND_REASONS: dict[RefundReason, str] = {
    "twice": "重复缴费",
    "ended": "办件结束后收到缴费",
    "withdrawn": "撤回申请",
    "revised": "更正后重新核定费用",
    "wrong_amount": "实缴金额与应缴不符",
}
"""Why money goes back (退款) by a rule; where supervisors void a case or give back, in their words."""
REFUND_STATES: dict[str, str] = {"asked": "待退款", "sent": "退款中", "manual": "人工办理中", "done": "已退款"}
GapKind = Literal["long", "short", "amount", "status", "twice", "refund_unknown", "refund_missing"]
GAP_KINDS: dict[GapKind, str] = {
    "long": "长款",
    "short": "短款",
    "amount": "金额不符",
    "status": "状态不符",
    "twice": "重复缴费",
    "refund_unknown": "账单多出退款",
    "refund_missing": "账单缺少退款",
}
"""What bill, order and case do not agree on (差错), docs/domain.md §8."""
DAY_STATES: dict[str, str] = {"waiting": "待取账单", "open": "有差错待处理", "closed": "已平账"}
Settlement = Literal["entered", "returned", "explained"]
SETTLEMENTS: dict[Settlement, str] = {
    "entered": "已补记入账",
    "returned": "已退回付款人",
    "explained": "已查明，无需处理",
}
"""How a gap came to its end."""
