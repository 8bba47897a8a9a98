"""YAML as CloudFormation writes it: `!Ref x`, `!GetAtt a.b`, `!Sub …` are read as what they stand for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from infra.packing import BuildFailed


class _Loader(yaml.SafeLoader):  # type: ignore[misc]
    """A loader of its own, so that the tags are known here only."""


def _tag(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    names = [key.value for key, _ in node.value]
    if twice := {name for name in names if names.count(name) > 1}:
        raise yaml.constructor.ConstructorError(
            None, None, f"{', '.join(sorted(twice))} written twice", node.start_mark
        )
    found: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    return found


_Loader.add_multi_constructor("!", _tag)
_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def load(path: Path) -> Any:
    """Read one file. Raises BuildFailed with file and line where it cannot be read, or a name is written twice."""
    try:
        return yaml.load(path.read_text("utf-8"), _Loader)  # noqa: S506 (a safe loader with CloudFormation's tags)
    except yaml.YAMLError as fault:
        raise BuildFailed(f"{path.name}: {fault}") from None
