"""What parties give us: written down in docs/parties.md, and read by the code, neither more nor less."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from infra import contract
from infra.packing import ROOT
from parties.registry import PARTIES


def _read(*places: str) -> set[str]:
    """The names of settings that are read in the files that match."""
    files = [path for place in places for path in sorted(ROOT.glob(place))]
    assert files, places
    return {name for path in files for name in read_of(path.read_text("utf-8"))}


def read_of(source: str) -> set[str]:
    """The fields read of whatever is typed `Settings`, or gives them when called, by whatever name it goes on."""
    tree = ast.parse(source)
    named = _typed(tree)
    for _ in range(3):  # self._settings = settings; given = self._settings; …
        for target, value in _assigned(tree):
            if _named(value) in named:
                named.add(ast.unparse(target))
    found = [(node.value, node.slice) for node in ast.walk(tree) if isinstance(node, ast.Subscript)]
    found += [
        (node.func.value, node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get" and node.args
    ]
    fields = [field.value for value, field in found if _named(value) in named and isinstance(field, ast.Constant)]
    return {str(field) for field in fields}


def _typed(tree: ast.AST) -> set[str]:
    """The parameters annotated with `Settings`, and those of the lambdas that make a party's roles and callbacks."""
    arguments = [node for node in ast.walk(tree) if isinstance(node, ast.arg) and node.annotation]
    typed = {each.arg for each in arguments if re.search(r"\bSettings\b", ast.unparse(each.annotation or each))}
    given = [node for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg in ("roles", "callbacks")]
    makers = [node for each in given for node in ast.walk(each) if isinstance(node, ast.Lambda)]
    return typed | {argument.arg for each in makers for argument in each.args.args}


def _assigned(tree: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    yield from zip(target.elts, node.value.elts, strict=True)
                else:
                    yield target, node.value


def _named(value: ast.expr) -> str:
    """Write an expression, or what is called to give it."""
    return ast.unparse(value.func if isinstance(value, ast.Call) and not value.args else value)


def test_a_field_is_found_by_whatever_name_the_settings_go_on() -> None:
    source = """
class Client:
    def __init__(self, api: Api, handed: Settings, lazy: Callable[[], Settings]) -> None:
        self._api, self._kept, self._lazy = api, handed, lazy

    def call(self, other: dict[str, str]) -> None:
        ours = self._kept
        print(ours["a"], self._kept.get("b", 1), self._lazy()["c"], other["no"], other.get("no"), handed["d"]["no"])

PARTY = Party("x", roles={"sms": lambda one: Sms(one["e"])}, other=lambda two: two["no"])
"""
    assert read_of(source) == {"a", "b", "c", "d", "e"}


def test_the_document_is_up_to_date() -> None:
    assert contract.SETTINGS.read_text("utf-8") == contract.settings_page(), "run python -m infra.contract"


@pytest.mark.parametrize("name", PARTIES)
def test_the_document_names_every_field(name: str) -> None:
    section = contract.settings_page().partition(f"\n## `{name}`")[2].partition("\n## ")[0]
    for field in PARTIES[name].schema["properties"]:
        assert f"\n| `{field}` | " in section, field


@pytest.mark.parametrize("name", PARTIES)
def test_every_field_that_is_read_stands_in_the_schema_and_every_other_is_not_there(name: str) -> None:
    fields = set(PARTIES[name].schema["properties"])
    read = _read(f"parties/{name}/*.py")
    assert read <= fields
    assert fields <= read | _read("parties/sms.py", "channels/*.py")
