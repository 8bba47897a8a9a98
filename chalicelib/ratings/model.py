"""好差评: five levels, the reasons for each, and the two scales of the outside that run in opposite directions.

Inside, 5 is best (as the rating exchange counts). GB/T 39046-2020 table A.8 counts the other way: only `to_gbt` and `from_gbt`
know that. Reason codes are those of the exchange (`evalDetail`); the first digit of a code is the level it belongs to.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from chalicelib.kernel import ids

KIND = "rating"
WAIT = "wait#rating"
RECTIFY = "rectify#1"
FIRST, ADDITION = "rating#1", "rating#2"

WINDOW = timedelta(days=15)
"""How long the link of an invitation lives and a delivered case may be rated (domain notes §14; `rating.asl.yaml` waits as long)."""

RECTIFY_DAYS = 15
"""Working days in which a bad rating is put right (整改到位): Sichuan's rule (domain notes §2.1)."""

LONGEST = 500  # characters of a text
MOST = 8  # reasons of one rating
BAD = 2  # this level and below is a 差评: it needs a reason and is followed up

LEVELS: dict[int, str] = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}

PLATFORMS: dict[str, str] = {  # `pf` of the rating exchange (domain notes §2.2)
    "web": "1",
    "miniprogram": "2",
    "wechat": "2",
    "link": "3",
    "window": "4",
    "kiosk": "5",
    "ivr": "6",
    "sms": "7",
}

REASONS: dict[str, str] = {
    "510": "一窗受理一次办结",
    "511": "可以先受理后补材料",
    "512": "不用提交证明",
    "513": "可以全程网上办理",
    "514": "可以使用手机办理",
    "515": "可以就近办理",
    "516": "无需材料直接办理",
    "517": "服务热情效率高",
    "406": "填写一张表单就可完成申报",
    "407": "在线提交材料窗口核验",
    "408": "一张清单告知全部申报材料",
    "409": "用告知承诺减免申报材料",
    "410": "可以在线预约办理",
    "411": "跑大厅一次办完",
    "412": "可以使用自助机办理",
    "413": "服务态度较好",
    "307": "一次性告知需要补正的材料",
    "308": "提供申报材料样本",
    "309": "在承诺的时间内办结",
    "310": "办事指南指引准确",
    "311": "按办事指南要求的材料即可办理",
    "312": "可以快递送达",
    "313": "跑动次数与承诺的一致",
    "314": "服务态度一般",
    "207": "没有提供材料样本",
    "208": "没有提供材料清单",
    "209": "未在承诺时间内办结",
    "210": "同样内容的证明材料被要求多次提交",
    "211": "承诺网办但无法在线办理",
    "212": "在线预约办理后到实体大厅重复取号排队",
    "213": "窗口人员业务不熟练",
    "214": "服务态度生硬",
    "108": "在办事指南之外增加新的审批条件",
    "109": "需提供办事指南之外的申报材料",
    "110": "无理由超过法定办理时间",
    "111": "办事指南提供样本有错",
    "112": "承诺在线收取申报材料实际无法收取",
    "113": "多头跑窗口和部门",
    "114": "跑动次数与承诺的不一致",
    "115": "服务态度差效率低",
}


def to_gbt(level: int) -> str:
    """Write a level as GB/T 39046-2020 A.8 counts: 1 非常满意 … 5 非常不满意. Raises ValueError."""
    return str(6 - _checked(level))


def from_gbt(code: str) -> int:
    """Read a level of GB/T 39046-2020 A.8. Raises ValueError."""
    return 6 - _checked(int(code))


def to_exchange(level: int) -> str:
    """Write a level as the rating exchange counts: 5 非常满意 … 1 非常不满意. Raises ValueError."""
    return str(_checked(level))


def from_exchange(code: str) -> int:
    """Read a level of the rating exchange. Raises ValueError."""
    return _checked(int(code))


def _checked(level: int) -> int:
    if level not in LEVELS:
        raise ValueError(f"no such level: {level}")
    return level


def reasons_of(level: int) -> dict[str, str]:
    """Return the reasons to choose from at a level."""
    return {code: text for code, text in REASONS.items() if code[0] == str(level)}


def ticket(key: bytes, case_no: str) -> str:
    """Derive the ticket in a case's rating link: only this deployment can, and no row holds it."""
    return ids.keyed(key, "rating-ticket", case_no)[:32]


def ticket_hash(text: str) -> str:
    """Hash a ticket as the wait row keeps it."""
    return hashlib.sha256(text.encode()).hexdigest()


def same(text: str, kept: str) -> bool:
    """Compare a ticket with a kept hash in constant time."""
    return bool(kept) and hmac.compare_digest(ticket_hash(text), kept)
