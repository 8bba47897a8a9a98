"""Numbers that prove themselves: identity numbers, credit codes, phones, dates. Each is a JSON Schema `format`.

Sources: GB 11643-1999 (citizen ID), GB 32100-2015 (统一社会信用代码), docs/domain.md §7 证件与号码 for the residence permits of
Hong Kong, Macao and Taiwan (81/82/83) and the 2023 permanent residence card of foreigners (first digit 9).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from stdnum.cn import uscc

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_ID = re.compile(r"\d{17}[\dX]", re.ASCII)
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def id_number(text: str) -> bool:
    """Check an 18-character identity number: shape, region or foreigner's 9, birth date, MOD 11-2 check character."""
    if not _ID.fullmatch(text) or not (_PROVINCES.match(text) or text[0] == "9"):
        return False
    if not day(f"{text[6:10]}-{text[10:12]}-{text[12:14]}") or not "1900" <= text[6:10] <= str(date.today().year):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text[:17], strict=True))
    return "10X98765432"[total % 11] == text[17]


def mobile(text: str) -> bool:
    """Check a mainland mobile number: 11 digits from 13 to 19."""
    return bool(_MOBILE.fullmatch(text))


def credit_code(text: str) -> bool:
    """Check an 18-character unified social credit code with its MOD 31 check character."""
    return len(text) == 18 and text.isascii() and bool(uscc.is_valid(text))


def day(text: str) -> bool:
    """Check that `YYYY-MM-DD` names a day that exists."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


FORMATS: dict[str, Callable[[str], bool]] = {
    "id-number": id_number,
    "mobile": mobile,
    "credit-code": credit_code,
    "date": day,
}
MESSAGES = {
    "id-number": "身份证号码不正确，请核对18位号码，最后一位可能是X",
    "mobile": "手机号码不正确，请填写11位手机号码",
    "credit-code": "统一社会信用代码不正确，请核对18位代码",
    "date": "日期不存在，请按“年-月-日”填写，如2026-01-31",
}
