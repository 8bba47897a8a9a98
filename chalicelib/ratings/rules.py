"""What a rating must be, when it may come, what is said to it, and what follows a bad one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from chalicelib.cases.model import RATEABLE, Case, Row, Status
from chalicelib.catalogue.model import Service
from chalicelib.intake.model import Reply
from chalicelib.kernel import clock
from chalicelib.kernel.errors import Conflict, Fault, InvalidInput
from chalicelib.kernel.workdays import add_workdays
from chalicelib.ratings import model
from chalicelib.ratings.model import BAD, LEVELS, LONGEST, MOST, REASONS, RECTIFY


def check(level: int, reasons: Sequence[str], text: str) -> None:
    """Raise InvalidInput naming what is wrong with a rating."""
    if isinstance(level, bool) or level not in LEVELS:
        message = "请选择1到5：5非常满意 4满意 3基本满意 2不满意 1非常不满意"
        raise InvalidInput(message, [Fault("level", "enum", message)])
    wrong = [code for code in reasons if code not in REASONS or code[0] != str(level)]
    if wrong or len(reasons) > MOST:
        message = f"最多选{MOST}项原因" if len(reasons) > MOST else f"选择的原因与“{LEVELS[level]}”不符"
        raise InvalidInput(message, [Fault("reasons", "enum", message)])
    if len(text) > LONGEST:
        raise InvalidInput(
            f"文字评价不能超过{LONGEST}个字", [Fault("text", "maxLength", f"文字评价不能超过{LONGEST}个字")]
        )
    if level <= BAD and not reasons and not text:
        message = "很抱歉没有让您满意，请选择原因或写明哪里不满意"
        raise InvalidInput(message, [Fault("reasons", "required", message)])


def in_time(case: Case, wait: Row | None, now: datetime) -> None:
    """Raise Conflict when it is too early or too late to rate."""
    if case.status not in RATEABLE:
        raise Conflict("办件还没有办结，办结后再请您评价", code="not_rateable")
    over = wait is not None and now > clock.parse(wait.data["until"])
    if over or (wait is None and case.status is Status.CLOSED):
        raise Conflict("评价期限已过，如有意见请拨打12345", code="rating_over")


def thanks(row: Row, case_no: str, created: bool = False) -> Reply:
    """Thank for a rating; for a bad one, say what follows."""
    level = row.data["level"]
    text = f"感谢您的评价：{LEVELS[level]}。"
    if level <= BAD:
        text = f"收到您的评价：{LEVELS[level]}。我们会在{model.RECTIFY_DAYS}个工作日内整改并回访。"
    body = {"case_no": case_no, "level": level, "level_name": LEVELS[level], "number": row.data["number"]}
    return Reply(text, body, created=created)


def rectification(case: Case, service: Service, row: Row, now: datetime) -> Row:
    """Open the follow-up of a bad rating (差评整改) with the department in charge: `new`, to be put right in time."""
    due = add_workdays(now.date(), model.RECTIFY_DAYS).day
    data = {
        "kind": "rectification",
        "service": case.service,
        "service_name": case.service_name,
        "department": service.department,
        "department_name": service.department_name(service.department),
        "region": case.region,
        "rating": row.key,
        "level": row.data["level"],
        "reasons": row.data["reasons"],
        "opened_at": clock.iso(now),
    }
    place, by = f"{service.department}@{case.region}", f"{due.isoformat()}#{clock.iso(now)}#{case.case_no}"
    return Row(case.case_no, RECTIFY, "rectification", "new", desk=place, due=by, data=data)
