"""Every state machine is a table `EDGES` beside its states, and the table knows every state and no other."""

from __future__ import annotations

import inspect
from enum import StrEnum
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType

import pytest

import chalicelib

MODULES = [
    import_module(each.name)
    for each in walk_packages(chalicelib.__path__, "chalicelib.")
    if each.name.endswith("model") or ".vocabulary." in each.name
]


def _states(module: ModuleType) -> list[type[StrEnum]]:
    """The sets of states a module defines."""
    own = {each for _, each in inspect.getmembers(module, inspect.isclass) if each.__module__ == module.__name__}
    return [each for each in own if issubclass(each, StrEnum) and each.__name__.endswith(("State", "Status"))]


@pytest.mark.parametrize("module", [each for each in MODULES if _states(each)], ids=lambda each: each.__name__)
def test_states_have_their_table(module: ModuleType) -> None:
    (states,) = _states(module)
    assert set(module.EDGES) == set(states)


@pytest.mark.parametrize("module", [each for each in MODULES if hasattr(each, "EDGES")], ids=lambda each: each.__name__)
def test_an_edge_ends_in_the_table_it_begins_in(module: ModuleType) -> None:
    assert all(ways <= set(module.EDGES) for ways in module.EDGES.values())
