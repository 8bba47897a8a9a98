"""The law's limits on a service file: how long a licence may take, and what its codes are made of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chalicelib.catalogue import loader
from tests.unit.catalogue.test_loader import GOOD, SERVICES, TALK, _faults, _folder

LICENCE = SERVICES / "hygiene-licence.yaml"


@pytest.mark.parametrize(
    ("source", "days", "basis", "message"),
    [
        (LICENCE, 20, "", ""),
        (LICENCE, 21, "", "21个工作日，超过《行政许可法》第42条规定的20个工作日"),
        (LICENCE, 45, "", "超过《行政许可法》第42条规定的20个工作日"),
        (GOOD, 45, "", ""),  # departments handle it together
        (GOOD, 46, "", "46个工作日，超过《行政许可法》第42条规定的45个工作日"),
        (LICENCE, 60, "《中华人民共和国食品安全法》第三十五条", ""),
        (LICENCE, 60, "《四川省城乡环境综合治理条例》第二十条", ""),
        (LICENCE, 60, "《食品经营许可和备案管理办法》第十条", "应当是法律、法规"),
        (LICENCE, 0, "", "行政许可都有法定办结时限"),
        (GOOD, 0, "", "最长45个工作日"),
        (TALK, 0, "", ""),  # no licence: 高龄津贴
        (TALK, 90, "", ""),
    ],
)
def test_article_42_a_licence_takes_no_longer_than_the_law_gives_unless_another_law_is_named(
    tmp_path: Path, source: Path, days: int, basis: str, message: str
) -> None:
    limit = f"statutory_days: {days}" + (f"\nstatutory_basis: {basis}" if basis else "")
    text = re.sub(r"statutory_days: \d+", limit, source.read_text("utf-8"))
    folder = _folder(tmp_path, source, text)
    if message:
        assert any(message in fault for fault in _faults(folder))
    else:
        (service,) = loader.load(folder)
        assert (service.statutory_days, service.statutory_basis) == (days, basis)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (
            "11310000MB2F30661Y2312003564000",
            "",
        ),  # of 业务办理项编码 11310000MB2F30661Y231200356400001: Shanghai, 公共服务
        ("12441500196720244T3442199806003", "事项类型21与task_type 20不一致"),  # Guangdong, a type of its own
        ("11310000MB2F30661X2312003564000", "统一社会信用代码"),
        ("11310000MB2F30661Y231200356400001", "实施编码"),
    ],
)
def test_the_codes_that_are_published_are_read_as_they_are_made(tmp_path: Path, code: str, message: str) -> None:
    """docs/domain.md §1.2 编码: organ 18, level 1, 基本编码 12 (issuer 2, type 2, main item 5, sub-item 3)."""
    card = SERVICES / "elder-card.yaml"
    folder = _folder(tmp_path, card, card.read_text("utf-8") + f"task_code: {code}\n")
    if message:
        assert any(message in fault for fault in _faults(folder))
    else:
        assert loader.load(folder)[0].task_code == code
