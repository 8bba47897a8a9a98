"""The types of codes and their names are one list."""

from __future__ import annotations

from types import ModuleType
from typing import Literal, get_args, get_origin, get_type_hints

import pytest

from chalicelib.vocabulary import channels, codes


@pytest.mark.parametrize("module", [channels, codes])
def test_every_code_of_a_type_has_its_name_and_no_other(module: ModuleType) -> None:
    keys = {name: get_args(hint)[0] for name, hint in get_type_hints(module).items() if get_origin(hint) is dict}
    typed = {name: list(get_args(key)) for name, key in keys.items() if get_origin(key) is Literal}
    assert typed
    assert {name: list(vars(module)[name]) for name in typed} == typed
