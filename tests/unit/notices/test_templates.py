"""What the texts say, how long they are, and what the state table allows."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from chalicelib.notices.providers.wechat import fit
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.cases.model import Case, Event
from chalicelib.notices import model, templates
from chalicelib.notices.model import EDGES, Fate
from chalicelib.vocabulary.statuses import Status
from tests.unit.samples import NOW

LINK = "https://rongyiban.example.cn/cases/123456789018"
DATA: dict[str, Any] = {
    "reason": "住所证明与登记地址不一致",
    "missing": [{"code": "lease", "text": "租赁合同首页"}, {"code": "photo", "name": "现场照片"}],
    "due": "2026-07-22",
    "amount_fen": 2000,
    "carrier": "EMS",
    "waybill": "1234567890123",
    "address": "天府大道北段966号1号楼一楼",
    "hours": "工作日9:00-17:00",
    "result": "占道经营许可证",
}


def case(name: str = "高龄老年人生活津贴发放") -> Case:
    return Case(
        "123456789018", Status.ACCEPTED, 3, "s", name, "sms", "510100", NOW, date(2026, 7, 8), "o", "p", "a", "张*", "v",
        "r", "c", b"",
    )  # fmt: skip


@pytest.mark.parametrize("event", sorted(templates.SMS))
@pytest.mark.parametrize("data", [DATA, {}], ids=["all said", "nothing said"])
def test_each_text_reads_well_and_is_short(event: str, data: dict[str, Any]) -> None:
    facts = templates.facts(case(), Event(event, "", NOW, "", data), LINK)
    text = templates.sms_text(event, facts)
    assert "{" not in text
    assert "None" not in text
    assert len(text) <= 134 - len("【蓉易办】") + len(LINK)  # two segments, the link aside
    assert not re.search(r"1[3-9]\d{9}(?!\d)", text)
    assert templates.told(event)
    assert event in templates.WORDS


def test_what_is_missing_is_listed() -> None:
    facts = templates.facts(case(), Event("correction_requested", "", NOW, "", DATA), LINK)
    assert "需补正：租赁合同首页、现场照片。请于7月22日前" in templates.sms_text("correction_requested", facts)


@pytest.mark.parametrize("event", sorted(templates.WORDS))
def test_cards_keep_to_the_limits_of_their_fields(event: str) -> None:
    facts = templates.facts(case("很长很长的" * 9), Event(event, "", NOW, "", DATA), LINK)
    fields = templates.card_fields({"id": "t"}, facts)
    assert fit("phrase3", fields["phrase3"]) == fields["phrase3"]
    assert fit("character_string1", fields["character_string1"]) == "123456789018"
    assert len(fit("thing2", fields["thing2"])) <= 20
    assert fields["time4"] == "2026年7月1日 09:30"


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


def test_template_fields_nobody_knows_are_empty_not_an_error() -> None:
    facts = templates.facts(case(), Event("paid", "", NOW, "", DATA), LINK)
    assert templates.card_fields({"fields": {"thing9": "{nobody_knows}"}}, facts) == {"thing9": ""}


def test_every_reason_has_words() -> None:
    assert templates.reason("sms_bad_number") == "手机号码无法接收短信"
    assert templates.reason("wechat_40013") == "对方系统未受理"


STATUSES = sorted(EDGES)


@given(st.lists(st.sampled_from(STATUSES), max_size=12))
def test_nothing_leaves_the_table_of_states(path: list[str]) -> None:
    fate = Fate()
    for new in path:
        if new == fate.status or new in EDGES[fate.status]:
            fate = fate.with_(status=new)
        else:
            with pytest.raises(ValueError, match="does not go"):
                fate.with_(status=new)
    assert fate.status in EDGES


@pytest.mark.parametrize("status", [model.DELIVERED, model.SKIPPED])
def test_ends_are_ends(status: str) -> None:
    assert EDGES[status] == frozenset()


@given(st.builds(Fate, sid=st.text(), tries=st.integers(0, 9), reason=st.text(), wechat=st.sampled_from(["", "down"])))
def test_a_fate_is_read_as_it_was_written(fate: Fate) -> None:
    assert Fate.read(fate.status, fate.data()) == fate


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("123456789018-3", ("123456789018", "notice#000003")),
        ("say-abc", None),
        ("", None),
        ("123456789018", None),
        ("123-x", None),
    ],
)
def test_place(number: str, place: tuple[str, str] | None) -> None:
    assert model.place(number) == place
