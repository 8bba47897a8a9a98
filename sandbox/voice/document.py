"""Reading a VoiceXML 2.1 document: what it says, which keys it takes, who handles an event. Nothing here changes a call's state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from sandbox.voice.expr import evaluate
from sandbox.voice.grammar import BadGrammar, builtin, srgs, tag

_SHORTHANDS = ("noinput", "nomatch", "help", "error")


class BadDocument(ValueError):
    """What was fetched is no VoiceXML document this platform can walk."""


def parse(body: bytes) -> ET.Element:
    """Read a document and check its root. Raises BadDocument; a document type definition is never read."""
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise BadDocument("a document type definition is not allowed")
    try:
        root = ET.fromstring(body)  # noqa: S314 - our own product's; type definitions are refused above
    except ET.ParseError as error:
        raise BadDocument(str(error)) from error
    if tag(root) != "vxml" or root.get("version") not in ("2.0", "2.1"):
        raise BadDocument("the root is not <vxml version='2.1'>")
    if not any(dialogs(root)):
        raise BadDocument("there is no form and no menu")
    return root


def children(element: ET.Element, *names: str) -> list[ET.Element]:
    """Return the direct children of these names, in document order."""
    return [child for child in element if tag(child) in names]


def dialogs(root: ET.Element) -> Iterator[ET.Element]:
    """Return the forms and menus."""
    return iter(children(root, "form", "menu"))


def holds(element: ET.Element, names: Mapping[str, Any]) -> bool:
    """Work out an element's `cond`; without one it holds."""
    cond = element.get("cond")
    return cond is None or bool(evaluate(cond, names))


def spoken(element: ET.Element, names: Mapping[str, Any]) -> str:
    """Return what a prompt says, with `<value>` filled in; `<audio>` gives its alternative text."""
    parts = [element.text or ""]
    for child in element:
        if tag(child) == "value":
            parts.append(_shown(evaluate(child.get("expr", ""), names)))
        elif tag(child) == "break":
            parts.append(" ")
        elif tag(child) not in ("desc", "meta", "metadata", "lexicon"):
            parts.append(spoken(child, names))
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


def _shown(value: Any) -> str:
    return (
        {True: "true", False: "false", None: "undefined"}.get(value, str(value))
        if not isinstance(value, str)
        else value
    )


def prompts(item: ET.Element, names: Mapping[str, Any], count: int) -> list[str]:
    """Return what an item says at its `count`-th visit: the prompts of the highest count that is not above it."""
    eligible = [(int(prompt.get("count", "1")), prompt) for prompt in children(item, "prompt") if holds(prompt, names)]
    highest = max((number for number, _ in eligible if number <= count), default=0)
    return [text for number, prompt in eligible if number == highest and (text := spoken(prompt, names))]


def pattern(field: ET.Element) -> re.Pattern[str] | None:
    """Compile the keys a field or menu takes, or None when it takes none. Raises BadGrammar."""
    parts = [_grammar(grammar) for grammar in children(field, "grammar") if grammar.get("mode", "dtmf") == "dtmf"]
    if kind := field.get("type"):
        parts.append(builtin(kind))
    parts += [re.escape(key) for key, _ in choices(field)]
    return re.compile("|".join(f"(?:{part})" for part in parts)) if parts else None


def _grammar(grammar: ET.Element) -> str:
    source = grammar.get("src", "")
    if source.startswith("builtin:dtmf/"):
        return builtin(source.removeprefix("builtin:dtmf/"))
    if source:
        raise BadGrammar(f"external grammar {source}")
    return srgs(grammar)


def choices(item: ET.Element) -> list[tuple[str, ET.Element]]:
    """Return a menu's choices or a field's options with their keys; `dtmf="true"` on a menu numbers them from 1."""
    rows = children(item, "choice", "option")
    numbered = item.get("dtmf") == "true"
    keys = [row.get("dtmf") or (str(place) if numbered and place <= 9 else "") for place, row in enumerate(rows, 1)]
    return [(key.replace(" ", ""), row) for key, row in zip(keys, rows, strict=True) if key]


def yes(kind: str) -> str:
    """Return the key that means yes in a `boolean` field."""
    match = re.search(r"\by=([0-9*])", kind)
    return match[1] if match else "1"


def handler(scopes: Sequence[ET.Element], event: str, count: int, names: Mapping[str, Any]) -> ET.Element | None:
    """Choose who handles an event (W3C §5.2.4): of those that match, the highest count not above ours, innermost first."""
    matching = [
        (int(catch.get("count", "1")), catch)
        for scope in scopes
        for catch in children(scope, "catch", *_SHORTHANDS)
        if _catches(catch, event) and holds(catch, names)
    ]
    highest = max((number for number, _ in matching if number <= count), default=0)
    return next((catch for number, catch in matching if number == highest), None)


def _catches(catch: ET.Element, event: str) -> bool:
    name = tag(catch)
    wanted = catch.get("event", "").split() if name == "catch" else [name]
    return any(event == each or event.startswith(f"{each.rstrip('.')}.") or each == "." for each in wanted or ["."])
