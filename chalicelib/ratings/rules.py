"""What a rating must be, when it may come, what is said to it, and what follows a bad one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chalicelib.cases.model import Case, Row
from chalicelib.catalogue.model import Service
from chalicelib.intake.model import Reply
from chalicelib.kernel import clock
from chalicelib.kernel.errors import Conflict, Fault, InvalidInput
from chalicelib.ratings.model import BAD, LONGEST, MOST, RECTIFICATION
from chalicelib.tasks import model as tasks
from chalicelib.tasks.model import TaskKey
from chalicelib.vocabulary.codes import LEVELS, REASONS, SCALE
from chalicelib.vocabulary.periods import RECTIFICATION_WORKDAYS
from chalicelib.vocabulary.statuses import OVER, RATEABLE


def check(level: int, reasons: Sequence[str], text: str) -> None:
    """Raise InvalidInput naming what is wrong with a rating."""
    if isinstance(level, bool) or level not in LEVELS:
        message = f"请选择1到5：{SCALE}"
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


def in_time(case: Case, now: datetime) -> None:
    """Raise Conflict when it is too early or too late to rate."""
    if case.status not in RATEABLE:
        why = "这个办件没有办理结果，不用评价" if case.status in OVER else "办件还没有办结，办结后再请您评价"
        raise Conflict(why, code="not_rateable")
    if over(case, now):
        raise Conflict("评价期限已过，如有意见请拨打12345", code="rating_over")


def over(case: Case, now: datetime) -> bool:
    """Tell whether a case that was asked to be rated cannot be any more."""
    return "rate_until" in case.facts and now > clock.parse(case.facts["rate_until"])


def thanks(row: Row, case_no: str, created: bool = False) -> Reply:
    """Thank for a rating; for a bad one, say what follows."""
    level = row.data["level"]
    text = f"感谢您的评价：{LEVELS[level]}。"
    if level <= BAD:
        text = (
            f"收到您的评价：{LEVELS[level]}。办理部门应当在{RECTIFICATION_WORKDAYS}个工作日内整改，整改情况会告诉您。"
        )
    body = {"case_no": case_no, "level": level, "level_name": LEVELS[level], "number": row.data["number"]}
    return Reply(text, body, created=created)


def shown(given: Sequence[Row]) -> dict[str, Any]:
    """What is seen of a case's ratings, the first and its addition: not the words."""
    reasons = {code: REASONS[code] for row in given for code in row.data["reasons"]}
    return {
        "levels": [row.data["level"] for row in given],
        "reasons": list(reasons.values()),
        "written": any("text" in row.data for row in given),
    }


def rectification(case: Case, service: Service, row: Row, now: datetime) -> Row:
    """The task of the department in charge to put a bad rating right (差评整改) in time; the reader sees level and reasons."""
    key = TaskKey(case.case_no, RECTIFICATION, service.department)
    about = {"rating": row.key, "level": row.data["level"], "reasons": row.data["reasons"]}
    return tasks.new(case, service, RECTIFICATION, "差评整改", key, RECTIFICATION_WORKDAYS, now, **about)
