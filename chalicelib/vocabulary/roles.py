"""Posts of people in office (岗位). What each may do stands at the tasks and routes that ask for it."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """The codes; `NAMES` names each. 受审分离: who receives does not decide, who decides does not receive."""

    CLERK = "clerk"
    APPROVER = "approver"
    SUPERVISOR = "supervisor"
    ACCOUNTANT = "accountant"


NAMES: dict[Role, str] = {
    Role.CLERK: "窗口受理",
    Role.APPROVER: "审批",
    Role.SUPERVISOR: "监督",
    Role.ACCOUNTANT: "财务对账",
}

HANDLING = frozenset({Role.CLERK, Role.APPROVER, Role.SUPERVISOR})
"""Who works on cases. A route that names no roles lets in these and no other person in office."""
