"""Applications sent again, whatever became of their service meanwhile."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.kernel.errors import InvalidInput
from tests.unit.memory import MemoryStore, cases
from tests.unit.office import desk as office
from tests.unit.samples import NOW, Services, application, service


def without_place() -> dict[str, Any]:
    form = service().form
    return {**form, "properties": {name: each for name, each in form["properties"].items() if name != "place"}}


@pytest.mark.parametrize(
    "anew",
    [
        {"form": without_place()},
        {"channels": ["window"]},
        {"delivery": ["pickup"]},
        {"code": "another"},
    ],
)
def test_a_receipt_is_the_same_again_though_the_service_was_published_anew(anew: dict[str, Any]) -> None:
    store, services, way = MemoryStore(), Services(), {"delivery": {"method": "electronic"}}
    filed = replace(application(), body=application().body | way)
    first = office(cases(store), services).receive(filed, NOW)
    services.publish(service(**{"version": "v000002"} | anew))
    desk = office(cases(store), services)
    again = desk.receive(filed, NOW)
    assert (again.body, again.created) == (first.body, False) and len(store.heads) == 1
    for other in (
        replace(filed, body=filed.body | {"contact": {"phone": "13900000000"}}),
        replace(filed, message_id="m2"),
    ):
        with pytest.raises(InvalidInput):
            desk.receive(other, NOW)


def test_an_application_that_is_accepted_is_one_write_and_no_read() -> None:
    store = MemoryStore()
    store.head = store.whole = store.row = None  # type: ignore[assignment]
    assert office(cases(store), Services()).receive(application(), NOW).created
