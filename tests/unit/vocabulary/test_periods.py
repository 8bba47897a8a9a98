"""How long things take: one place, each with its basis, counted as the name says, and never longer than the law gives."""

from __future__ import annotations

import ast
import re
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from chalicelib.vocabulary import periods

ALL: dict[str, Any] = {name: value for name, value in vars(periods).items() if name.isupper()}
LAW = {  # 《行政许可法》第32、42、44、47、50条
    "ACCEPTANCE_WORKDAYS": 5,
    "DECISION_WORKDAYS": 20,
    "JOINT_DECISION_WORKDAYS": 45,
    "EXTENSION_WORKDAYS": 10,
    "JOINT_EXTENSION_WORKDAYS": 15,
    "HEARING_WORKDAYS": 20,
    "PICKUP_WORKDAYS": 10,
    "RENEWAL_ASKED": timedelta(days=30),
}
"""The most the law gives. A city may promise less; what has no basis in law is its own to choose."""
AT_LEAST = {"HEARING_NOTICE_WORKDAYS": 7}  # 第48条
EXACT = {"RECONSIDERATION": timedelta(days=60), "LITIGATION_MONTHS": 6}  # 《行政复议法》第20条, 《行政诉讼法》第46条
"""What the law gives whoever is told no: nobody's to choose."""
ROOT = Path(__file__).parents[3]
READ = sorted([*ROOT.glob("web/*/src/**/*.ts*"), *ROOT.glob("docs/api/*.yaml")])
"""What clients say to people, and the API document to those who write clients."""
BY_HAND = re.compile(r"[\d一二两三四五六七八九十]+ ?(?:分钟|个?小时|天|个?工作日)")
HOTLINE = "24小时有人接"
"""When 12345 answers (docs/domain.md §3 12345热线): its own, no period of ours."""


def bases() -> dict[str, str]:
    """Read what is written under each period."""
    lines = ast.parse(Path(periods.__file__).read_text("utf-8")).body
    return {
        line.targets[0].id: below.value.value
        for line, below in pairwise(lines)
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name)
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and isinstance(below.value.value, str)
    }


@pytest.mark.parametrize("name", ALL)
def test_working_days_are_counted_calendar_time_is_measured(name: str) -> None:
    value = ALL[name]
    if name.endswith(("_WORKDAYS", "_MONTHS")):
        assert type(value) is int and value > 0
    else:
        assert isinstance(value, timedelta) and value.total_seconds() >= 60 and value.microseconds == 0


@pytest.mark.parametrize("name", ALL)
def test_each_stands_with_its_basis(name: str) -> None:
    assert re.search(r"《.+》第\d+条|GB/T \d+|Sichuan's rule|local choice", bases()[name])


def test_none_is_longer_than_the_law_gives() -> None:
    assert {*LAW, *AT_LEAST, *EXACT} == {name for name, basis in bases().items() if "《" in basis}
    assert {name: ALL[name] for name in EXACT} == EXACT
    assert {name: ALL[name] for name, most in LAW.items() if ALL[name] > most} == {}
    assert {name: ALL[name] for name, least in AT_LEAST.items() if ALL[name] < least} == {}


def test_no_period_is_written_by_hand_where_people_read_it() -> None:
    texts = {path: path.read_text("utf-8").replace(HOTLINE, "") for path in READ}
    assert len(texts) > 100
    assert {str(path): found for path, text in texts.items() if (found := BY_HAND.findall(text))} == {}


@pytest.mark.parametrize("words", ["5分钟内有效", "锁定十五分钟", "八小时内", "15 个工作日", "还有 3 天", "两分钟后"])
def test_a_period_by_hand_is_seen(words: str) -> None:
    assert BY_HAND.search(words)
