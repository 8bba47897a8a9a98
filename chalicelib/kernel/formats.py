"""Texts that prove themselves: identity numbers, credit codes, phones, dates. Each is a JSON Schema `format`, and one row of `FORMATS`.

Sources: GB 11643-1999 (citizen ID), GB 32100-2015 (统一社会信用代码), docs/domain.md §7 证件与号码 for the residence permits of
Hong Kong, Macao and Taiwan (81/82/83) and the 2023 permanent residence card of foreigners (first digit 9).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from chalicelib.kernel import clock

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_REGION = re.compile(r"9?(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])|71|8[1-3]")  # 9: a foreigner, then who issued it
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT = re.compile(rf"[{_CREDIT_SIGNS}]{{2}}\d{{6}}[{_CREDIT_SIGNS}]{{10}}", re.ASCII)
_ID = re.compile(r"\d{17}[\dX]", re.ASCII)
_KEYED = re.compile(r"\d{3}[\dX]", re.ASCII)
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]?|(\d{2})(\d{2}))")


def id_number(text: str) -> bool:
    """Check an 18-character identity number: shape, region or foreigner's 9, born by today, MOD 11-2 check character."""
    if not _ID.fullmatch(text) or not _REGION.match(text):
        return False
    born = f"{text[6:10]}-{text[10:12]}-{text[12:14]}"
    if not day(born) or not "1900" <= born <= clock.now().date().isoformat():
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text[:17], strict=True))
    return "10X98765432"[total % 11] == text[17]


def mobile(text: str) -> bool:
    """Check a mainland mobile number: 11 digits from 13 to 19."""
    return bool(_MOBILE.fullmatch(text))


def mainland(number: str) -> str | None:
    """Return the 11 digits of a mainland mobile however it was written (+86…, 0086…, 86…), else None."""
    digits = number.strip().removeprefix("+").removeprefix("00")
    digits = digits.removeprefix("86") if len(digits) == 13 else digits
    return digits if mobile(digits) else None


def credit_code(text: str) -> bool:
    """Check an 18-character unified social credit code with its MOD 31 check character.

    The first two characters (登记管理部门, 机构类别) may be letters: A the army, N rural collectives, Y others.
    """
    if not _CREDIT.fullmatch(text):
        return False
    total = sum(3**place * _CREDIT_SIGNS.index(sign) for place, sign in enumerate(text[:17]))
    return _CREDIT_SIGNS[-total % 31] == text[17]


def keyed_four(number: str) -> bool:
    """Tell whether the last four characters of a number can be keyed on a telephone, where * is an X at the end."""
    return bool(_KEYED.fullmatch(number[-4:]))


def day(text: str) -> bool:
    """Check that `YYYY-MM-DD` names a day that exists."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def plain(text: str) -> str:
    """Bring full-width, circled and other forms of letters, digits and marks into the plain one: `２０２６－①` → `2026-1`."""
    return unicodedata.normalize("NFKC", text)


def bare(text: str) -> str:
    """Drop blanks and dashes: `1234-5678 9012` → `123456789012`."""
    return re.sub(r"[\s-]", "", text)


def _tidy_code(text: str) -> str:
    return bare(plain(text)).replace("*", "X").upper()  # X is keyed as *


def _tidy_mobile(text: str) -> str:
    digits = bare(plain(text)).removeprefix("+86")
    return digits.removeprefix("86") if mobile(digits.removeprefix("86")) else digits


def tidy_day(text: str) -> str:
    """Read a day in any usual writing → `YYYY-MM-DD`: 20260131, 2026-1-31, 2026/1/31, 2026.1.31, 2026年1月31日. Else return it as it is."""
    found = _DAY.fullmatch(re.sub(r"\s", "", plain(text)))
    if found is None:
        return text
    written = "{}-{:0>2}-{:0>2}".format(*(part for part in found.groups() if part is not None))
    return written if day(written) else text


def chinese_day(text: str) -> str:
    """`2026-01-31` → `2026年1月31日`. Raises ValueError for no day."""
    return clock.long_day(date.fromisoformat(text))


@dataclass(frozen=True, kw_only=True)
class Format:
    """One format: its name, its check, what is said of a wrong one, and how what people write becomes it.

    `keys` is how many keys the telephone collects, and `hint` asks for them (0: it cannot be keyed). `shown` writes it for
    reading; without it, it is personal, and only its end is read back.
    """

    name: str
    right: Callable[[str], bool]
    words: str
    tidy: Callable[[str], str]
    keys: int = 0
    hint: str = ""
    shown: Callable[[str], str] | None = None


FORMATS: dict[str, Format] = {
    "id-number": Format(
        name="身份证号码",
        right=id_number,
        words="身份证号码不正确，请核对18位号码，最后一位可能是X",
        tidy=_tidy_code,
        keys=18,
        hint="请按18位号码，X请按星号。",
    ),
    "mobile": Format(
        name="手机号码",
        right=mobile,
        words="手机号码不正确，请填写11位手机号码",
        tidy=_tidy_mobile,
        keys=11,
        hint="请按11位号码。",
    ),
    "credit-code": Format(
        name="统一社会信用代码",
        right=credit_code,
        words="统一社会信用代码不正确，请核对18位代码",
        tidy=_tidy_code,
    ),
    "date": Format(
        name="日期",
        right=day,
        words="日期不存在，请按“年-月-日”填写，如2026-01-31",
        tidy=tidy_day,
        keys=8,
        hint="请按8位数字，年4位、月2位、日2位。",
        shown=chinese_day,
    ),
}
CHECKS = {name: each.right for name, each in FORMATS.items()}
NAMES = {name: each.name for name, each in FORMATS.items()}
