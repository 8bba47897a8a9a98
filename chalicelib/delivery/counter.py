"""Who fetches a result at the window: his pick-up code (取件码), his document, and what the applicant registered of a proxy (受托人)."""

from __future__ import annotations

import hmac
from typing import Any

from chalicelib.cases.model import Case, CaseFile, Row
from chalicelib.cases.service import Cases
from chalicelib.kernel.errors import Fault, InvalidInput
from chalicelib.tasks.model import Decision

TRIES = 5  # wrong codes; then only a document counts
SPENT = f"取件码已经错了{TRIES}次，不能再用，请核对领取人的证件"


def checked(cases: Cases, file: CaseFile, task: Row, decision: Decision) -> Case:
    """Return the head with who signed, sealed. Raises InvalidInput naming `code`, `id_seen`, `taker`, `taker_name` or `taker_id`."""
    case = file.case
    if decision.id_seen is False:
        raise _wrong("id_seen", "unseen", "请核对领取人的有效证件，再交付结果")
    if decision.code:
        _code(cases, file, task, decision.code)
    if decision.taker == "agent" and "agent" not in case.facts:
        raise _wrong("taker", "unknown", "这个办件没有登记代办人，请选“其他受托人”并填写姓名")
    if decision.taker != "other":
        return case
    private = cases.open(case).private or {}
    _proxy((private.get("delivery") or {}).get("proxy"), decision)
    signed = {"taker": decision.taker_name} | ({"taker_id": decision.taker_id.upper()} if decision.taker_id else {})
    return cases.sealed(case, {**private, **signed})


def _code(cases: Cases, file: CaseFile, task: Row, given: str) -> None:
    """Check the code that was told. A wrong one is counted; after some, none is right any more."""
    kept = file.row(task.key)
    tries = kept.data.get("tries", 0) if kept else 0
    if tries >= TRIES:
        raise _wrong("code", "spent", SPENT)
    if not hmac.compare_digest(given.encode(), cases.pickup_code(file.case.case_no).encode()):
        if kept:
            cases.keep(kept.with_(data={"tries": tries + 1}))
        left = TRIES - tries - 1
        raise _wrong("code", "wrong", f"取件码不正确，还可以试{left}次" if left else SPENT)


def _proxy(registered: dict[str, str] | None, decision: Decision) -> None:
    """Compare who came with whom the applicant registered, where he did."""
    if registered is None:
        return
    if decision.taker_name != registered["name"]:
        raise _wrong("taker_name", "other", "与申请人登记的受托人不一致，请申请人先变更登记")
    if decision.taker_id.upper() != registered["id_last4"].upper():
        raise _wrong("taker_id", "other", "与申请人登记的受托人证件尾号不一致，请核对证件")


def seen(decision: Decision) -> str:
    """Say what was looked at before the result was handed over."""
    looked = [word for word, done in (("取件码", decision.code), ("身份证件", decision.id_seen)) if done]
    return f"已核对{'和'.join(looked)}" if looked else ""


def addressed(cases: Cases, file: CaseFile, to: dict[str, Any] | None) -> CaseFile:
    """Return a case whose result goes to an address: another one, sealed and not written yet, or the one on record.

    Raises InvalidInput naming `address` where there is none: who wanted to fetch it left none.
    """
    private = cases.open(file.case).private or {}
    if to is None:
        if not (private.get("delivery") or {}).get("address"):
            raise _wrong("address", "required", "申请人选择了到窗口领取，没有留收件地址；要寄送的，请填写")
        return file
    case = cases.sealed(file.case, {**private, "delivery": {"method": "courier", **to}}).plus(delivery="courier")
    return CaseFile(case, file.events, file.rows, file.numbers)


def _wrong(field: str, code: str, message: str) -> InvalidInput:
    return InvalidInput(message, [Fault(field, code, message)])
