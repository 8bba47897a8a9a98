"""The variables of a call: the session's, the document's and the dialog's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from sandbox.voice.expr import BadExpression, evaluate


class Scope:
    """Three scopes, the inner hiding the outer. A value of None is ECMAScript's undefined."""

    def __init__(self, session: Mapping[str, str]) -> None:
        self._session = {f"session.{name}": value for name, value in session.items()}
        self.document: dict[str, Any] = {}
        self.dialog: dict[str, Any] = {}

    def names(self) -> dict[str, Any]:
        """Return every variable, bare and with its scope's name."""
        scoped = {f"document.{name}": value for name, value in self.document.items()}
        scoped |= {f"dialog.{name}": value for name, value in self.dialog.items()}
        return {**self._session, **scoped, **self.document, **self.dialog}

    def assign(self, name: str, value: Any, new: bool) -> None:
        """Set a variable where it is declared, or declare it in the dialog. Raises BadExpression for an undeclared one."""
        if new or name in self.dialog:
            self.dialog[name] = value
        elif name in self.document:
            self.document[name] = value
        else:
            raise BadExpression(f"{name} is not defined")

    def value(self, element: ET.Element, attribute: str = "expr") -> Any:
        """Work out an element's expression; without one the value is undefined."""
        expr = element.get(attribute)
        return None if expr is None else evaluate(expr, self.names())

    def declare(self, variables: list[ET.Element], scope: dict[str, Any]) -> None:
        """Declare `<var>` elements in order, so that later ones may use earlier ones."""
        for var in variables:
            scope[var.get("name", "")] = self.value(var)
