"""What a rating must be, when it may come, what is said to it, and what is shown of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chalicelib.cases.asking import AGAIN as ASKED_UNTIL
from chalicelib.cases.model import Case, CaseFile, Row
from chalicelib.intake.model import Reply
from chalicelib.kernel import clock
from chalicelib.kernel.errors import Conflict, Fault, InvalidInput
from chalicelib.ratings.model import AGAIN, BAD, KIND, LONGEST, MOST, RECTIFICATION
from chalicelib.vocabulary.periods import (
    RATING_CONTACT_WORKDAYS,
    RECTIFICATION_AGAIN_WORKDAYS,
    RECTIFICATION_WORKDAYS,
)
from chalicelib.vocabulary.ratings import LEVELS, REASONS, SCALE
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


def thanks(row: Row, case_no: str, created: bool = False, opened: bool = True) -> Reply:
    """Thank for a rating; for a bad one, say what follows."""
    data, level = row.data, row.data["level"]
    text = f"感谢您的评价：{LEVELS[level]}。"
    if row.kind == AGAIN:
        text = _after_again(data)
    elif data.get("held"):
        text = f"收到您的评价：{LEVELS[level]}。今天同一来源的评价较多，这条评价核对后再计入。"
    elif level <= BAD and opened:
        call = "" if data["anonymous"] else f"工作人员会在{RATING_CONTACT_WORKDAYS}个工作日内电话联系您，"
        text = f"收到您的评价：{LEVELS[level]}。{call}办理部门应当在{RECTIFICATION_WORKDAYS}个工作日内整改或者说明，并告诉您。"
    elif level <= BAD:
        text = f"收到您的评价：{LEVELS[level]}。您反映的问题正在办理，结果会告诉您。"
    body = {"case_no": case_no, "level": level, "level_name": LEVELS[level], "number": data["number"], "text": text}
    return Reply(text, body, created=created)


def _after_again(data: dict[str, Any]) -> str:
    """Say what follows what was said once a bad rating was answered."""
    level = data["level"]
    if level > BAD:
        return f"感谢您再次评价：{LEVELS[level]}。"
    more = (
        "已经请效能监察部门督办"
        if data["last"]
        else f"办理部门应当在{RECTIFICATION_AGAIN_WORKDAYS}个工作日内再次整改，并已请效能监察部门督办"
    )
    return f"收到您的再次评价：{LEVELS[level]}。{more}。"


def shown(file: CaseFile) -> dict[str, Any] | None:
    """What is seen of a case's ratings, the first and its addition, and of how a bad one was answered: not the words."""
    given = file.of(KIND)
    if not given:
        return None
    reasons = {code: REASONS[code] for row in given for code in row.data["reasons"]}
    return {
        "levels": [row.data["level"] for row in given],
        "reasons": list(reasons.values()),
        "written": any("text" in row.data for row in given),
        "again": [row.data["level"] for row in file.of(AGAIN)],
        "counted": not any(row.data.get("effective") is False or row.data.get("held") for row in given[:1]),
        "answer": _answer(file),
    }


def _answer(file: CaseFile) -> dict[str, Any] | None:
    """How the newest bad rating was answered, and until when it may be said whether that solved it."""
    found = [row for row in file.of(RECTIFICATION) if "answer" in row.data]
    if not found:
        return None
    row, until = found[-1], file.case.facts.get(ASKED_UNTIL) or None
    return {"answer": row.data["answer"], "text": row.data["reply"], "at": row.data["replied_at"], "again_until": until}
