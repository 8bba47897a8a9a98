"""JSON of strangers: what could be understood in two ways, or would break a reader later, is refused or taken out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel import strict

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=()), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(exclude_categories=())), inner, max_size=3)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "nothing",
        "NaN",
        "[Infinity]",
        "-Infinity",
        "1e999",
        '{"a":1,"a":2}',
        '{"a":{"b":1,"b":1}}',
        "\ufeff{}",
        "9" * 5000,
    ],
)
def test_refused(text: str) -> None:
    with pytest.raises(ValueError):
        strict.loads(text)


@pytest.mark.parametrize("depth", [strict.DEEPEST + 1, 500, 990, 100_000])
def test_nesting_ends(depth: int) -> None:
    with pytest.raises(ValueError):
        strict.loads("[" * depth + "]" * depth)


def test_many_things_side_by_side_are_not_deep() -> None:
    assert len(strict.loads("[" + ",".join(["[]"] * 1000) + "]")) == 1000


@pytest.mark.parametrize(
    ("text", "value"), [("5.0", 5), ("5.5", 5.5), ("1e2", 100), ("-0.0", 0), ("9007199254740993.0", 2.0**53)]
)
def test_a_whole_number_is_an_int(text: str, value: float) -> None:
    found = strict.loads(text)
    assert found == value and type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ('{"name": "王小明😀\\n第二行"}', []),
        ('{"name": "\\ud83d\\ude00"}', []),
        ('{"name": "\\ud83d"}', ["name"]),
        ('{"name": "a\\u0000"}', ["name"]),
        ('{"form": {"a": ["x", "\\u001b"]}}', ["form.a.1"]),
        ('{"\\udfff": 1}', ["body"]),
        ('{"name": "\ufffd\ufffd"}', ["name"]),
    ],
)
def test_characters_nobody_types(text: str, places: list[str]) -> None:
    assert strict.odd(text, strict.loads(text)) == places


@given(VALUES)
def test_what_is_made_plain_can_be_written(value: Any) -> None:
    plain = strict.plain(value)
    text = json.dumps(plain, ensure_ascii=False)
    assert text.encode() and not strict.odd(text, plain)


@pytest.mark.parametrize("sign", ["\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\u00ad", "\U000e0041"])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_what_nobody_sees_is_taken_out(sign: str, ascii_only: bool) -> None:
    text = json.dumps({"name": f"张{sign}三", "all": [f"{sign}a"]}, ensure_ascii=ascii_only)
    assert strict.loads(text) == {"name": "张三", "all": ["a"]}
    assert strict.plain(f"张{sign}三") == "张三"
