"""Executable content of VoiceXML (W3C §5.3): what stands in `<block>`, `<filled>` and the event handlers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol
from xml.etree import ElementTree as ET

from sandbox.voice.document import holds, spoken
from sandbox.voice.expr import evaluate
from sandbox.voice.grammar import tag


class Jump(Exception):
    """Control leaves the content: `kind` is goto, item, submit, exit or event; `target` an address, an item or an event's name."""

    def __init__(self, kind: str, target: str = "", element: ET.Element | None = None) -> None:
        super().__init__(f"{kind} {target}")
        self.kind, self.target, self.element = kind, target, element


class Speaker(Protocol):
    """What executable content may touch of a call."""

    def say(self, text: str) -> None:
        """Speak."""

    def names(self) -> Mapping[str, Any]:
        """Return the variables in scope."""

    def assign(self, name: str, value: Any, new: bool) -> None:
        """Set a variable; `new` declares it."""

    def reprompt(self) -> None:
        """Let the next item say its prompts again."""


def run(element: ET.Element, call: Speaker) -> None:
    """Run the content of an element. Raises Jump where control leaves it, BadExpression."""
    _loose(element.text, call)
    for child in element:
        _step(child, call)
        _loose(child.tail, call)


def _loose(text: str | None, call: Speaker) -> None:
    if text and text.strip():
        call.say(" ".join(text.split()))


def _step(element: ET.Element, call: Speaker) -> None:
    match tag(element):
        case "prompt":
            if holds(element, call.names()):
                call.say(spoken(element, call.names()))
        case "audio" | "value":
            wrapper = ET.Element("prompt")
            wrapper.append(_without_tail(element))
            call.say(spoken(wrapper, call.names()))
        case "var" | "assign":
            expr = element.get("expr")
            value = evaluate(expr, call.names()) if expr is not None else None
            call.assign(element.get("name", ""), value, tag(element) == "var")
        case "clear":
            for name in element.get("namelist", "").split():
                call.assign(name, None, False)
        case "if":
            _branch(element, call)
        case "reprompt":
            call.reprompt()
        case "log" | "property":
            return
        case _:
            _leave(element, call)


def _leave(element: ET.Element, call: Speaker) -> None:
    match tag(element):
        case "goto" | "submit" as kind:
            if item := element.get("nextitem"):
                raise Jump("item", item)
            target = element.get("next")
            if target is None:
                target = str(evaluate(element.get("expr", "''"), call.names()))
            raise Jump(kind, target, element)
        case "exit" | "disconnect":
            raise Jump("exit")
        case "throw":
            raise Jump("event", element.get("event", "error.semantic"))
        case other:
            raise Jump("event", f"error.unsupported.{other}")


def _branch(element: ET.Element, call: Speaker) -> None:
    """Run the first branch of an `<if>` whose condition holds."""
    taken = holds(element, call.names())
    if taken:
        _loose(element.text, call)
    for child in element:
        if tag(child) in ("elseif", "else"):
            if taken:
                return
            taken = tag(child) == "else" or holds(child, call.names())
        elif taken:
            _step(child, call)
        if taken:
            _loose(child.tail, call)


def _without_tail(element: ET.Element) -> ET.Element:
    copy = ET.Element(element.tag, element.attrib)
    copy.text = element.text
    copy.extend(element)
    return copy
