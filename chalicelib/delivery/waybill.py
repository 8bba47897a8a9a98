"""Waybill numbers (运单号), wherever one is typed or told: what is no number of a courier's leads to no parcel."""

from __future__ import annotations

import re

_S10 = re.compile(r"[A-Z]{2}(\d{8})(\d)[A-Z]{2}", re.ASCII)
_POSTAL = re.compile(r"\d{13}", re.ASCII)
_SF = re.compile(r"SF\d{13}|\d{12}", re.ASCII)
WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def check_digit(serial: str) -> str:
    """Return the check digit of eight digits after UPU S10: of 43426600 it is 3."""
    rest = 11 - sum(weight * int(digit) for weight, digit in zip(WEIGHTS, serial, strict=True)) % 11
    return str({10: 0, 11: 5}.get(rest, rest))


def postal(text: str) -> bool:
    """Tell whether it is one of the post's: UPU S10 (`LK434266003CN`, whose check digit must hold) or thirteen digits."""
    found = _S10.fullmatch(text)
    return check_digit(found[1]) == found[2] if found else bool(_POSTAL.fullmatch(text))


def sf(text: str) -> bool:
    """Tell whether it is one of 顺丰's: `SF` and thirteen digits, or twelve digits as they were before."""
    return bool(_SF.fullmatch(text))


def tidy(text: str) -> str:
    """Return a number as a scanner or a hand gave it, in the form couriers write: no spaces, capitals."""
    return "".join(text.split()).upper()
