"""The catalogue: read, kept a minute, published by version, forms checked, guides shortened."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chalicelib.catalogue import loader
from chalicelib.catalogue.model import Service
from chalicelib.catalogue.service import FRESH, Catalogue, present
from chalicelib.kernel.errors import Conflict, InvalidInput, NotFound

LOADED = {service.code: service for service in loader.load(Path(__file__).resolve().parents[3] / "services")}
PERMIT = LOADED["residence-permit"]
WRONG_FORMS: tuple[Any, ...] = ([], None, "表", 3)


class Memory:
    """The table in memory, as strict as the real one; counts reads."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], tuple[dict[str, Any], int]] = {}
        self.reads = 0

    def current(self, code: str) -> tuple[dict[str, Any] | None, int]:
        self.reads += 1
        return self.rows.get((code, "current"), (None, 0))

    def version(self, code: str, version: str) -> dict[str, Any] | None:
        self.reads += 1
        return self.rows.get((code, version), (None, 0))[0]

    def listed(self) -> list[dict[str, Any]]:
        self.reads += 1
        return [value for (code, _), (value, _) in sorted(self.rows.items()) if code == "@services"]

    def publish(self, code: str, value: dict[str, Any], summary: dict[str, Any], number: int) -> None:
        if self.rows.get((code, "current"), ({}, 0))[1] != number - 1:
            raise Conflict("刚刚有了新版本")
        self.rows |= {(code, f"v{number:06d}"): (value, number), (code, "current"): (value, number)}
        self.rows["@services", code] = (summary, number)


class Clock:
    """Seconds, by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def catalogue(memory: Memory, clock: Clock) -> Catalogue:
    made = Catalogue(memory, clock)
    for service in LOADED.values():
        assert made.publish(service) == "v000001"
    return made


def test_what_is_published_is_found(catalogue: Catalogue) -> None:
    assert catalogue.get("residence-permit") == replace(PERMIT, version="v000001")
    assert [each.code for each in catalogue.list()] == sorted(LOADED)
    assert {each.code for each in catalogue.list("ivr")} == {"elder-card", "elder-allowance"}


@pytest.mark.parametrize("code", ["nothing", "", "@services", "x" * 3000, "居住证", "a/b", "residence-permit\n"])
def test_what_is_not_there_is_not_found(catalogue: Catalogue, code: str) -> None:
    with pytest.raises(NotFound):
        catalogue.get(code)


def test_reading_is_kept_for_a_minute_and_missing_is_not(catalogue: Catalogue, memory: Memory, clock: Clock) -> None:
    memory.reads = 0
    for _ in range(5):
        catalogue.get("elder-card")
        catalogue.list()
    assert memory.reads == 2
    clock.now += FRESH
    catalogue.get("elder-card")
    assert memory.reads == 3
    for _ in range(2):
        with pytest.raises(NotFound):
            catalogue.get("not-yet")
    assert memory.reads == 5


def test_the_same_content_is_no_new_version(catalogue: Catalogue, memory: Memory) -> None:
    rows = len(memory.rows)
    assert catalogue.publish(PERMIT) == "v000001"
    assert catalogue.publish(PERMIT.to_dict()) == "v000001"
    assert len(memory.rows) == rows
    assert catalogue.publish(replace(PERMIT, promised_days=9)) == "v000002"
    assert catalogue.get(PERMIT.code).promised_days == 9
    assert catalogue.get(PERMIT.code).version == "v000002"
    assert next(each for each in catalogue.list() if each.code == PERMIT.code).promised_days == 9
    assert memory.rows[PERMIT.code, "v000001"][0]["promised_days"] == 10


def test_another_container_sees_a_new_version_within_a_minute(
    catalogue: Catalogue, memory: Memory, clock: Clock
) -> None:
    other = Catalogue(memory, clock)
    assert other.get(PERMIT.code).version == "v000001"
    catalogue.publish(replace(PERMIT, promised_days=8))
    assert other.get(PERMIT.code).version == "v000001"
    clock.now += FRESH
    assert other.get(PERMIT.code).promised_days == 8


def test_forms_are_checked_by_the_current_version(catalogue: Catalogue, clock: Clock) -> None:
    form = {name: field["examples"][0] for name, field in PERMIT.form["properties"].items()}
    assert catalogue.check_form(catalogue.get(PERMIT.code), form) == form
    with pytest.raises(InvalidInput) as refused:
        catalogue.check_form(
            catalogue.get(PERMIT.code),
            {**form, "id_number": "510104199001010018", "pet": "猫", "lives_since": "2026-02-30"},
        )
    assert {fault.path for fault in refused.value.fields} == {"form.id_number", "form.pet", "form.lives_since"}
    for wrong in WRONG_FORMS:
        with pytest.raises(InvalidInput):
            catalogue.check_form(catalogue.get(PERMIT.code), wrong)
    looser = {**PERMIT.form, "required": ["id_number"]}
    catalogue.publish(replace(PERMIT, form=looser))
    catalogue.check_form(catalogue.get(PERMIT.code), {"id_number": form["id_number"]})
    with pytest.raises(InvalidInput):
        catalogue.check_form(catalogue.get(PERMIT.code, "v000001"), {"id_number": form["id_number"]})


def test_a_version_stays_what_it_was_and_is_read_once(catalogue: Catalogue, memory: Memory, clock: Clock) -> None:
    catalogue.publish(replace(PERMIT, promised_days=8))
    other, before = Catalogue(memory, clock), memory.reads
    for _ in range(3):
        assert other.get(PERMIT.code, "v000001") == replace(PERMIT, version="v000001")
    assert memory.reads == before + 1
    assert other.get(PERMIT.code).promised_days == 8 and other.get(PERMIT.code, "v000002").promised_days == 8
    with pytest.raises(NotFound):
        other.get(PERMIT.code, "v000003")


def test_answers_shorten_the_materials(catalogue: Catalogue) -> None:
    whole = catalogue.guide(PERMIT.code)
    home = catalogue.guide(PERMIT.code, {"reason": "home"})
    assert {each["code"] for each in whole["materials"]} > {each["code"] for each in home["materials"]}
    assert "work-proof" not in {each["code"] for each in home["materials"]}
    assert home["answers"] == {"reason": "home"}
    for answers in ({"reason": "holiday"}, {"weather": "rain"}):
        with pytest.raises(InvalidInput) as refused:
            catalogue.guide(PERMIT.code, answers)
        assert refused.value.fields[0].path.startswith("answers.")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"audience": "corporation"}, {"restaurant-opening", "hygiene-licence", "road-occupation"}),
        ({"q": "居住证"}, {"residence-permit", "residence-permit-replacement"}),
        ({"q": "居住证 换领"}, {"residence-permit-replacement"}),
        ({"topic": "老年人"}, {"elder-card", "elder-allowance"}),
        ({"tag": "马上办", "channel": "ivr"}, {"elder-card"}),
        ({"q": "没有这样的事"}, set()),
        ({"q": None, "tag": None}, set(LOADED)),
    ],
)
def test_search(catalogue: Catalogue, query: dict[str, str | None], found: set[str]) -> None:
    assert {each.code for each in catalogue.search(query)} == found


@pytest.mark.parametrize(
    "query", [{"audience": "cat"}, {"tag": "慢慢办"}, {"channel": "fax"}, {"q": "长" * 41}, {"topic": "长" * 41}]
)
def test_a_search_that_cannot_be_is_refused(catalogue: Catalogue, query: dict[str, str]) -> None:
    with pytest.raises(InvalidInput) as refused:
        catalogue.search(query)
    assert refused.value.fields[0].path == next(iter(query))


def test_the_four_lists_are_derived(catalogue: Catalogue) -> None:
    house = LOADED["house-transfer"]
    assert "一次办" in house.tags
    assert "一次办" not in replace(house, visits=2).tags
    assert "马上办" in LOADED["elder-card"].tags
    assert "马上办" not in house.tags
    shown = present(house.summarised())
    assert (shown["project_type_name"], shown["task_type_name"]) == ("承诺件", "行政确认")


def test_stages_and_departments_are_named() -> None:
    house = LOADED["house-transfer"]
    assert house.stage("parallel").departments == ("zjj", "swj")
    assert house.department_name("swj") == "国家税务总局成都市税务局"
    assert house.department_name("gone") == "gone"
    with pytest.raises(KeyError):
        house.stage("nothing")
    assert isinstance(Service.from_dict(house.to_dict()), Service)
