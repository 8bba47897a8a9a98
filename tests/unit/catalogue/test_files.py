"""The services of this city: every one is right, its examples pass, and together they walk every branch of the road."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.catalogue import loader
from chalicelib.catalogue.model import Service
from chalicelib.kernel import formats, schema
from chalicelib.kernel.errors import InvalidInput
from chalicelib.kernel.ids import canonical

SERVICES: list[Service] = loader.load(Path(__file__).resolve().parents[3] / "services")
each_service = pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.code)


@cache
def _fast(code: str) -> Any:
    return schema.compiled(next(each for each in SERVICES if each.code == code).form)


def _passes(code: str, form: Any) -> bool:
    try:
        _fast(code)(form, "form")
    except InvalidInput:
        return False
    return True


@each_service
def test_the_form_is_a_schema(service: Service) -> None:
    jsonschema.Draft7Validator.check_schema(service.form)


@each_service
def test_the_examples_make_a_right_form(service: Service) -> None:
    properties = service.form["properties"]
    whole = {name: field["examples"][0] for name, field in properties.items()}
    _fast(service.code)(whole, "form")
    _fast(service.code)({name: whole[name] for name in service.form["required"]}, "form")


@each_service
def test_plain_values_carry_everything(service: Service) -> None:
    kept = json.loads(json.dumps(service.to_dict()))
    assert Service.from_dict(kept) == service
    assert canonical(kept) == canonical(service.to_dict())


@each_service
def test_every_situation_answer_shortens_or_keeps_the_list(service: Service) -> None:
    everything = {material.code for material in service.materials_for({})}
    assert everything == {material.code for material in service.materials}
    for situation in service.situations:
        for option in situation.options:
            now = {material.code for material in service.materials_for({situation.id: option.value})}
            assert set(option.materials) <= now <= everything


def _any_of(test: Any) -> bool:
    return any(test(service) for service in SERVICES)


BRANCHES = {
    "即办件": lambda s: s.project_type == "instant" and len(s.stages) == 1,
    "承诺件": lambda s: s.project_type == "promised",
    "个人": lambda s: s.audience == "person",
    "法人": lambda s: s.audience == "corporation",
    "免费": lambda s: s.fee is None,
    "定额收费": lambda s: s.fee is not None and any(each.amount_fen for each in s.fee.items),
    "分档收费，可减免": lambda s: s.fee and s.fee.exemptions and any(each.table for each in s.fee.items),
    "按面积和天数收费": lambda s: s.fee and any(len(each.times) > 1 for each in s.fee.items),
    "个人收费邮寄，走小程序": lambda s: (
        s.audience == "person" and s.fee and "courier" in s.delivery and "miniprogram" in s.channels
    ),
    "两个部门并联": lambda s: any(len(stage.departments) > 1 for stage in s.stages),
    "法人并联、电子结果、走网页": lambda s: (
        s.audience == "corporation"
        and any(len(t.departments) > 1 for t in s.stages)
        and s.result.electronic
        and "web" in s.channels
    ),
    "窗口领取": lambda s: s.delivery == ("pickup",),
    "邮寄": lambda s: "courier" in s.delivery,
    "电子结果": lambda s: s.result.electronic,
    "适合短信和按键": lambda s: {"sms", "ivr"} <= set(s.channels) and len(s.stages) > 1,
    "不适合短信和按键": lambda s: not {"sms", "ivr"} & set(s.channels),
    "适合短信、不适合按键": lambda s: "sms" in s.channels and "ivr" not in s.channels,
    "先受理后决定": lambda s: [stage.kind for stage in s.stages] == ["acceptance", "decision"],
    "受理、审查、决定": lambda s: [stage.kind for stage in s.stages] == ["acceptance", "review", "decision"],
    "容缺后补": lambda s: any(material.need == "later" for material in s.materials),
    "行政许可": lambda s: s.task_type == "01",
    "行政给付": lambda s: s.task_type == "05",
    "行政确认": lambda s: s.task_type == "07",
    "公共服务": lambda s: s.task_type == "20",
}


@pytest.mark.parametrize("branch", BRANCHES)
def test_every_branch_is_walked_by_some_service(branch: str) -> None:
    assert _any_of(BRANCHES[branch])


def test_there_are_enough() -> None:
    assert len(SERVICES) >= 9
    for tag in ("马上办", "网上办", "一次办", "就近办"):
        assert _any_of(lambda service, tag=tag: tag in service.tags)


def test_the_telephone_asks_only_what_keys_answer() -> None:
    allowance = next(each for each in SERVICES if each.code == "elder-allowance")
    assert allowance.askable(keypad=True) == ["id_number", "payee", "bank_card"]
    assert allowance.askable(keypad=False) == ["id_number", "payee", "bank_card", "name"]


def test_materials_follow_the_form() -> None:
    permit = next(each for each in SERVICES if each.code == "residence-permit")
    assert [each.code for each in permit.asked_materials({"reason": "home"})] == ["photo", "home-proof"]
    assert [each.code for each in permit.asked_materials({"reason": "study"})] == ["photo", "study-proof"]


def _value(field: dict[str, Any]) -> st.SearchStrategy[Any]:
    kind = {"string": st.text(max_size=130), "integer": st.integers(-5, 200_000), "boolean": st.booleans()}[
        field["type"]
    ]
    right = st.sampled_from(field.get("enum") or field["examples"])
    return st.one_of(
        right, right, kind, st.none(), st.text("0123456789X-年", max_size=20), st.lists(st.integers(), max_size=2)
    )


@st.composite
def _forms(draw: st.DrawFn) -> tuple[Service, dict[str, Any]]:
    service = draw(st.sampled_from(SERVICES))
    properties = service.form["properties"]
    form = {name: field["examples"][0] for name, field in properties.items()}
    for name in draw(st.lists(st.sampled_from(sorted(properties)), unique=True, max_size=3)):
        form[name] = draw(_value(properties[name]))
    for name in draw(st.lists(st.sampled_from(sorted(properties)), unique=True, max_size=2)):
        form.pop(name, None)
    if draw(st.booleans()) and draw(st.booleans()):
        form[draw(st.text(min_size=1, max_size=8))] = 1
    return service, form


@given(_forms())
def test_fast_and_thorough_checks_agree(case: tuple[Service, dict[str, Any]]) -> None:
    service, form = case
    found = list(schema.faults(service.form, form))
    assert _passes(service.code, form) == (not found)


@given(_forms())
def test_a_refusal_names_every_field_in_chinese(case: tuple[Service, dict[str, Any]]) -> None:
    service, form = case
    try:
        _fast(service.code)(form, "form")
    except InvalidInput as refused:
        assert refused.fields
        assert all(fault.path.startswith("form.") and fault.message for fault in refused.fields)
        wrong = {name for name in service.form["required"] if name not in form}
        assert wrong <= {fault.path.removeprefix("form.") for fault in refused.fields}


def test_example_numbers_prove_themselves() -> None:
    for service in SERVICES:
        for field in service.form["properties"].values():
            rule = formats.CHECKS.get(field.get("format", ""))
            assert rule is None or all(rule(example) for example in field["examples"])
