"""What people write and key, understood: commands, case numbers, numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chalicelib.kernel.formats import bare, plain

LONGEST = 500  # characters of one message that are looked at

_NOT_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff\ud800-\udfff]+")
_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_MARKS = "“”\"'‘’「」『』【】()[]<>《》。.,!;:、~ "
_NUMBER = re.compile(r"\d[\d -]{10,22}\d")
_STATUS = re.compile(r"(?:CX|JD|查询|查进度|查办件|办件进度|查|进度|状态)[\s:,、#]*(\d[\d -]*)?")
_RATE = re.compile(r"(?:PJ|评价|打分|评分)[\s:,、#]*(\d{12})?[\s:,、]*([1-5])?")
_SUPPLEMENT = re.compile(r"(?:我?要)?(?:BZ|补正|补交|补材料|补交材料|补充材料|补资料)[\s:,、#]*(\d{12})?")
_WISH = re.compile(r"^(?:我?(?:要|想|来)?(?:申请|办理|申办|办|领取|领))+")

COMMANDS: dict[str, frozenset[str]] = {
    "person": frozenset({"人工", "转人工", "客服", "人工客服", "人工服务", "找人工"}),
    "help": frozenset({"帮助", "?", "HELP", "怎么用", "说明"}),
    "menu": frozenset({"菜单", "首页", "主菜单", "你好", "您好", "HI", "HELLO", "在吗", "MENU"}),
    "cancel": frozenset({"取消", "退出", "不办了", "QX", "结束"}),
    "back": frozenset({"上一题", "上一步", "返回"}),
    "skip": frozenset({"无", "跳过", "没有", "不填", "#"}),
    "stop": frozenset({"TD", "T", "R", "退订", "拒收"}),
    "start": frozenset({"订阅", "恢复", "DY"}),
    "apply": frozenset({"办事", "申请", "办理", "我要办事", "BS", "SQ"}),
}
YES = frozenset({"1", "是", "有", "对", "好", "Y", "YES", "是的", "确认", "确定", "提交", "正确", "OK"})
NO = frozenset({"2", "否", "无", "没有", "不", "不是", "不对", "N", "NO", "重填", "修改", "错", "错了"})
LEVELS = {"非常满意": 5, "很满意": 5, "满意": 4, "基本满意": 3, "不满意": 2, "非常不满意": 1, "很不满意": 1}


@dataclass(frozen=True)
class Heard:
    """A message, cleaned. `said` keeps words and marks as written, with plain digits and letters; `word` is in upper case and
    one writing (NFKC) without quotes and stops, for commands and numbers.

    `command` is a key of COMMANDS, `status`, `rate`, `supplement`, or empty; `case_no` and `level` come with the last three.
    """

    said: str
    word: str
    command: str = ""
    case_no: str = ""
    level: int = 0


def hear(text: str) -> Heard:
    """Clean a message and find the command in it."""
    said = _NOT_TEXT.sub(" ", text[:LONGEST].translate(_FULL_WIDTH)).strip()
    word = plain(said).upper().strip(_MARKS)
    for name, forms in COMMANDS.items():
        if word in forms:
            return Heard(said, word, name)
    if number := case_number(word):
        return Heard(said, word, "status", number)
    if found := _STATUS.fullmatch(word):
        return Heard(said, word, "status", bare(found[1] or ""))
    if found := _RATE.fullmatch(word):
        return Heard(said, word, "rate", found[1] or "", int(found[2] or 0))
    if found := _SUPPLEMENT.fullmatch(word):
        return Heard(said, word, "supplement", found[1] or "")
    return Heard(said, word)


def case_number(word: str) -> str:
    """Return the twelve digits of a message that is nothing else (blanks and dashes between are fine), or empty."""
    digits = bare(word)
    return digits if _NUMBER.fullmatch(word) and len(digits) == 12 else ""


def whole_number(text: str) -> int | None:
    """Read a whole number, with or without a unit behind it (`80岁`, `3人`). None if there is none."""
    found = re.fullmatch(r"(-?\d{1,15})\s*[\u4e00-\u9fff]{0,2}", plain(text))
    return int(found[1]) if found else None


def numbers(text: str) -> list[int]:
    """Read the numbers of a list such as `1,3`, `1、3` or `1 3`; empty if it is no such list."""
    text = plain(text)
    if not re.fullmatch(r"\d{1,2}(?:[\s,、;和]+\d{1,2})*", text):
        return []
    return [int(part) for part in re.findall(r"\d+", text)]


def level(word: str) -> int:
    """Read a rating: 5 best … 1 worst; 0 if it is none."""
    digit = word.removesuffix("分").removesuffix("星")
    if len(digit) == 1 and digit in "12345":
        return int(digit)
    return LEVELS.get(word, 0)


def wish(word: str) -> str:
    """Take the verb off: `我要办理高龄津贴` → `高龄津贴`."""
    return _WISH.sub("", word)
