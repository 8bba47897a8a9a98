"""The tables of the template are the tables the stores speak to: keys, indexes, projections, TTL."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from pynamodb.models import Model

from infra.template import PARTS
from infra.yamls import load


def model(module: Any) -> Any:  # a Model; PynamoDB gives no types to what is asked of it below
    (found,) = [
        each
        for each in vars(module).values()
        if isinstance(each, type)
        and issubclass(each, Model)
        and each is not Model
        and each.__module__ == module.__name__
    ]
    return found


def of(part: str, table: str) -> Any:
    """The model of a part's table: a slice has one, in its store; what all share is the kernel's, by the table's name."""
    places = (f"chalicelib.{part}.items", f"chalicelib.{part}.store", f"chalicelib.kernel.{table.lower()}")
    return model(import_module(next(name for name in places if find_spec(name.rsplit(".", 1)[0]) and find_spec(name))))


MODELS = {
    f"{table}Table": of(path.stem, table) for path in PARTS.glob("*.yaml") for table in load(path).get("Tables", ())
}


def test_every_table_has_its_model(resources: dict[str, Any]) -> None:
    assert len(set(MODELS.values())) == len(MODELS)
    assert set(MODELS) == {name for name, each in resources.items() if each["Type"] == "AWS::DynamoDB::Table"}


def keys(schema: list[dict[str, str]]) -> dict[str, str]:
    return {each["KeyType"]: each["AttributeName"] for each in schema}


@pytest.mark.parametrize("name", MODELS)
def test_keys_and_indexes(resources: dict[str, Any], name: str) -> None:
    table, known = resources[name]["Properties"], MODELS[name]
    wanted = {"HASH": known._hash_key_attribute().attr_name}
    if known._range_key_attribute():
        wanted["RANGE"] = known._range_key_attribute().attr_name
    assert keys(table["KeySchema"]) == wanted
    indexes = {each["IndexName"]: each for each in table.get("GlobalSecondaryIndexes", [])}
    assert set(indexes) == {index.Meta.index_name for index in known._indexes.values()}
    for index in known._indexes.values():
        made, schema = indexes[index.Meta.index_name], index._get_schema()
        assert keys(made["KeySchema"]) == {each["KeyType"]: each["AttributeName"] for each in schema["key_schema"]}
        assert made["Projection"]["ProjectionType"] == schema["projection"]["ProjectionType"]
        assert sorted(made["Projection"].get("NonKeyAttributes", [])) == sorted(
            schema["projection"].get("NonKeyAttributes", [])
        )


def test_every_attribute_defined_is_a_key(resources: dict[str, Any]) -> None:
    for name in MODELS:
        table = resources[name]["Properties"]
        schemas = [table["KeySchema"], *(each["KeySchema"] for each in table.get("GlobalSecondaryIndexes", []))]
        used = {each["AttributeName"] for schema in schemas for each in schema}
        assert {each["AttributeName"] for each in table["AttributeDefinitions"]} == used


@pytest.mark.parametrize("name", ["ExpiringTable", "CountersTable"])
def test_what_ends_is_deleted(resources: dict[str, Any], name: str) -> None:
    assert resources[name]["Properties"]["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}
