"""Rules of imports that need more than `lint-imports` brings: `pyproject.toml` names them."""

from __future__ import annotations

from typing import Any, cast

from importlinter import Contract, ContractCheck, output
from importlinter.contracts.layers import Layer, LayersContract, ModuleTail
from importlinter.domain import fields


class Order(LayersContract):
    """Layers; what has no place in them yet (nor is `beside` them) stands on top: it may import them all, and nobody imports it."""

    beside = fields.ListField(subfield=fields.StringField())

    def check(self, graph: Any, verbose: bool) -> ContractCheck:
        """Give newcomers their place, then check as `layers` does."""
        placed = {tail.name for layer in cast("list[Layer]", self.layers) for tail in layer.module_tails}
        within = {
            child for each in cast("list[Any]", self.containers) for child in graph.find_children(each.expression)
        }
        new = {child.rsplit(".", 1)[-1] for child in within} - placed - set(cast("list[str]", self.beside))
        if new:
            cast("list[Layer]", self.layers).insert(0, Layer({ModuleTail(name) for name in new}))
        return super().check(graph, verbose)


class OwnStore(Contract):
    """Only a slice's own modules import its store: `chalicelib.x.store` is for `chalicelib.x.parts`, and for nobody else's."""

    packages = fields.ListField(subfield=fields.StringField())
    stores = fields.ListField(subfield=fields.StringField())

    def check(self, graph: Any, verbose: bool) -> ContractCheck:
        """Find who of `packages` imports what is kept behind another slice's `parts.py`."""
        packages, stores = [str(each) for each in cast("list[str]", self.packages)], cast("list[str]", self.stores)
        found = [
            f"{importer} imports {module}"
            for module in sorted(graph.modules)
            if module.rsplit(".", 1)[-1] in stores
            for importer in sorted(graph.find_modules_that_directly_import(module))
            if importer.split(".", 1)[0] in packages and not _own(importer, module, stores)
        ]
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each."""
        for each in check.metadata["found"]:
            output.print_error(each)


def _own(importer: str, store: str, stores: list[str]) -> bool:
    slice_, name = importer.rsplit(".", 1)
    return slice_ == store.rsplit(".", 1)[0] and name in ("parts", *stores)
