"""What a clerk sees of a case's personal data before he says what for: masked by what the form's schema says it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chalicelib.catalogue.model import Service
from chalicelib.kernel import mask


def form(service: Service, filled: dict[str, Any]) -> dict[str, Any]:
    """Mask names, numbers, phones and addresses of a form by what its schema says they are."""
    shown = {}
    for name, value in filled.items():
        schema = service.form["properties"].get(name, {})
        shown[name] = _masked(name == service.applicant.name, schema, value) if isinstance(value, str) else value
    return shown


def _masked(is_name: bool, schema: dict[str, Any], value: str) -> str:
    kind = schema.get("x-personal") or schema.get("format")
    if is_name or kind == "name":
        return mask.name(value)
    if kind == "mobile":
        return mask.phone(value)
    if kind in ("id-number", "account"):
        return mask.id_number(value)
    return value[:6] + "****" if kind == "address" and len(value) > 6 else value


def delivery(chosen: dict[str, Any] | None) -> dict[str, Any] | None:
    """Mask whom a result goes to, and where."""
    if not chosen:
        return None
    shown: dict[str, Any] = {"method": chosen["method"]}
    rules: dict[str, Callable[[str], str]] = {
        "name": mask.name,
        "phone": mask.phone,
        "address": lambda text: text[:6] + "****",
    }
    shown |= {key: rule(chosen[key]) for key, rule in rules.items() if chosen.get(key)}
    proxy = chosen.get("proxy")
    return shown | ({"proxy": {"name": mask.name(proxy["name"]), "id_last4": "****"}} if proxy else {})
