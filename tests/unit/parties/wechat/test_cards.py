"""Values fitted to the fields of a WeChat card."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parties.wechat.cards import fit


@pytest.mark.parametrize(
    ("name", "value", "fitted"),
    [
        ("thing1", "一" * 21, "一" * 19 + "…"),
        ("thing1", "一行\n两行\t", "一行两行"),
        ("thing1", "", "无"),
        ("character_string2", "510-2026 中文1", "510-20261"),
        ("phrase3", "待补正（1）", "待补正"),
        ("phrase3", "已办结归档完成", "已办结归档"),
        ("phrase3", "ok", "无"),
        ("amount4", "共20.00元整", "20.00元"),
        ("number5", "abc", "0"),
        ("unknown6", "随便", "随便"),
    ],
)
def test_fit(name: str, value: str, fitted: str) -> None:
    assert fit(name, value) == fitted


@given(st.text(max_size=60), st.sampled_from(["thing1", "character_string1", "phrase1", "number1", "letter1"]))
def test_fitted_values_are_never_refused(value: str, name: str) -> None:
    text = fit(name, value)
    limits = {"thing1": 20, "character_string1": 32, "phrase1": 5, "number1": 32, "letter1": 32}
    assert 0 < len(text) <= limits[name]
    assert text.isprintable()
