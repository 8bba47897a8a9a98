"""Posts of people in office (岗位). What each may do stands at the tasks and routes that ask for it."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """The codes; `NAMES` names each. 受审分离: who receives does not decide, who decides does not receive,
    and takes no money."""

    CLERK = "clerk"
    APPROVER = "approver"
    SUPERVISOR = "supervisor"
    ACCOUNTANT = "accountant"
    CASHIER = "cashier"


NAMES: dict[Role, str] = {
    Role.CLERK: "窗口受理",
    Role.APPROVER: "审批",
    Role.SUPERVISOR: "监督",
    Role.ACCOUNTANT: "财务对账",
    Role.CASHIER: "收费",
}

HANDLING = frozenset({Role.CLERK, Role.APPROVER, Role.SUPERVISOR, Role.CASHIER})
"""Who works on cases. A route that names no roles lets in these and no other person in office."""
