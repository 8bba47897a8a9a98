"""A form is right or every fault of it is named, in Chinese, at once."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.kernel import schema
from chalicelib.kernel.errors import InvalidInput

FORM: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "id"],
    "properties": {
        "name": {"type": "string", "title": "姓名", "minLength": 1, "maxLength": 4},
        "id": {"type": "string", "title": "身份证号码", "format": "id-number"},
        "born": {"type": "string", "title": "出生日期", "format": "date"},
        "kind": {"type": "string", "title": "类别", "enum": ["a", "b"], "x-labels": {"a": "甲", "b": "乙"}},
        "count": {"type": "integer", "title": "份数", "minimum": 1},
    },
}
RIGHT = {"name": "张三", "id": "510104199001010019"}


@pytest.mark.parametrize(
    ("spoil", "path", "words"),
    [
        ({"name": ""}, "form.name", "姓名不能为空"),
        ({"name": " \u3000"}, "form.name", "姓名不能为空"),
        ({"name": "一二三四五"}, "form.name", "姓名不能超过4个字"),
        ({"name": 3}, "form.name", "姓名应当是文字"),
        ({"id": "510104199001010018"}, "form.id", "身份证号码"),
        ({"born": "2026-02-30"}, "form.born", "日期不存在"),
        ({"kind": "c"}, "form.kind", "只能选：甲、乙"),
        ({"count": 0}, "form.count", "不能小于1"),
        ({"surprise": 1}, "form.surprise", "没有“surprise”这一项"),
    ],
)
def test_each_fault_is_named(spoil: dict[str, Any], path: str, words: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        schema.compiled(FORM)({**RIGHT, **spoil}, "form")
    assert [fault.path for fault in refused.value.fields] == [path]
    assert words in refused.value.fields[0].message


def test_all_faults_at_once() -> None:
    with pytest.raises(InvalidInput) as refused:
        schema.compiled(FORM)({"name": "", "x": 1}, "form")
    assert {fault.path for fault in refused.value.fields} == {"form.name", "form.id", "form.x"}


def test_right_is_right() -> None:
    assert schema.compiled(FORM)(RIGHT, "form") == RIGHT


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"id": "51010719850615002x"}, {"id": "51010719850615002X"}),
        ({"id": "510104 19900101 0019"}, {"id": "510104199001010019"}),
        ({"born": "1990/1/3"}, {"born": "1990-01-03"}),
    ],
)
def test_what_was_written_otherwise_is_kept_in_one_way(given: dict[str, Any], kept: dict[str, Any]) -> None:
    assert schema.compiled(FORM)({**RIGHT, **given}, "form") == {**RIGHT, **kept}
