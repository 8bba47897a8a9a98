"""What a log or a clerk sees of personal data."""

from __future__ import annotations

import pytest

from chalicelib.kernel import mask


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13800001234。", "电话138****1234。"),
        ("身份证510104199001010019", "身份证510***********0019"),
        ("办件号660092712114", "办件号660092712114"),
    ],
)
def test_logs_are_masked(text: str, shown: str) -> None:
    assert mask.free_text(text) == shown


def test_names_are_masked() -> None:
    assert [mask.name(each) for each in ("张三", "王小明", "欧阳小明", "", "张")] == ["张*", "王*明", "欧**明", "", "*"]
