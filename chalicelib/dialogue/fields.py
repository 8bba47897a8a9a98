"""One form, asked question by question: what to ask, which answer was meant, how it is read back.

A question is a JSON Schema of one value with `title` and `x-ask`, whether it comes from the service's form or is one of ours
(a phone to reach, how to get the result). Nothing here knows a service or a channel; `keypad` tells keys from letters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.dialogue import texts, words
from chalicelib.dialogue.words import Heard
from chalicelib.intake.model import Ask
from chalicelib.kernel import formats, mask
from chalicelib.kernel.schema import compiled

_LONG = re.compile(r"\d{8,}[0-9X]*")
_SIZES = re.compile(r"\{(?:\d+,)?(\d+)\}")


@dataclass(frozen=True)
class Asked:
    """One question: where its answer goes (`form.id_number`, `contact.phone`), its schema, whether it may be left out."""

    path: str
    schema: Mapping[str, Any]
    required: bool = True

    @property
    def title(self) -> str:
        """What the field is called."""
        return str(self.schema.get("title", self.path.rsplit(".", 1)[-1]))

    @property
    def choices(self) -> list[tuple[Any, str]]:
        """The values to choose from with their Chinese labels, in order; empty where the answer is free."""
        if self.schema.get("type") == "boolean":
            return [(True, "是"), (False, "否")]
        labels = self.schema.get("x-labels", {})
        return [(value, str(labels.get(value, value))) for value in self.schema.get("enum", ())]

    @property
    def numeric(self) -> bool:
        """Tell whether 0 may be an answer."""
        return self.schema.get("type") == "integer" or any(str(value) == "0" for value, _ in self.choices)


def ask(question: Asked, keypad: bool) -> Ask:
    """Say which keys answer the question."""
    extra = {"*": texts.BACK} if keypad else {}
    if not question.required:
        extra |= {"#": texts.SKIP} if keypad else {}
    if question.choices:
        numbered = {str(number): label for number, (_, label) in enumerate(question.choices, 1)}
        return Ask("choice", 1, numbered | ({"0": texts.PERSON} if keypad else {}) | extra)
    return Ask("digits", _length(question.schema), extra) if keypad else Ask("text")


def sentence(question: Asked, keypad: bool) -> str:
    """Write the question with its choices and, on the telephone, its keys."""
    text = str(question.schema.get("x-ask") or f"请提供{question.title}")
    if question.choices:
        text = texts.menu(text, {str(n): label for n, (_, label) in enumerate(question.choices, 1)}, keypad)
    elif keypad:
        text += form.hint if (form := formats.FORMATS.get(question.schema.get("format", ""))) else ""
    if not question.required:
        text += texts.SKIP_KEY if keypad else texts.SKIP_WORD
    return text


def explained(question: Asked) -> str:
    """Help with a question: what is meant, and an example."""
    hint = str(question.schema.get("x-help", ""))
    examples = [str(each) for each in question.schema.get("examples", [])[:1]]
    if hint or (examples and not question.choices):
        return hint + (texts.EXAMPLE.format(examples[0]) if examples and not question.choices else "")
    return ""


def read(question: Asked, heard: Heard) -> Any:
    """Return the value meant. Raises InvalidInput with the Chinese reason when the question's schema refuses it."""
    value = _chosen(question, heard) if question.choices else _value(question.schema, heard)
    name = question.path.rsplit(".", 1)[-1]
    compiled({"type": "object", "properties": {name: dict(question.schema)}, "required": [name]})({name: value})
    return value


def shown(question: Asked, value: Any, keypad: bool) -> str:
    """Write an answer to be checked by who gave it: identity numbers masked, on the telephone only the end of any number."""
    labels = question.choices
    if labels:
        return next((label for known, label in labels if known == value), "")
    text, form = str(value), formats.FORMATS.get(question.schema.get("format", ""))
    if form and form.shown:
        return form.shown(text)
    if form or _LONG.fullmatch(text):
        return texts.TAIL.format(text[-4:]) if keypad else mask.id_number(text) if len(text) > 11 else mask.phone(text)
    return text


def _length(schema: Mapping[str, Any]) -> int:
    form = formats.FORMATS.get(schema.get("format", ""))
    if form and form.keys:
        return form.keys
    if schema.get("type") == "integer":
        return len(str(schema.get("maximum", 999_999_999)))
    sizes = [int(size) for size in _SIZES.findall(str(schema.get("pattern", "")))]
    return int(schema.get("maxLength", 0)) or (sum(sizes) + 1 if sizes else 20)


def _value(schema: Mapping[str, Any], heard: Heard) -> Any:
    if schema.get("type") == "integer":
        number = words.whole_number(heard.said)
        return heard.said if number is None else number
    form = formats.FORMATS.get(schema.get("format", ""))
    return form.tidy(heard.word or heard.said) if form else heard.said


def _chosen(question: Asked, heard: Heard) -> Any:
    values = [value for value, _ in question.choices]
    if question.schema.get("type") == "boolean" and not heard.word.isdigit():
        return True if heard.word in words.YES else False if heard.word in words.NO else heard.said
    return _one(question, heard, values)


def _one(question: Asked, heard: Heard, values: list[Any]) -> Any:
    """Match a number, a value, a label, or the only label that has these words in it."""
    if heard.word.isascii() and heard.word.isdigit() and 0 < int(heard.word) <= len(values):
        return values[int(heard.word) - 1]
    labels = [(value, words.hear(label).word) for value, label in question.choices]
    exact = [value for value, label in labels if heard.word in (label, str(value).upper())]
    near = [value for value, label in labels if heard.word and heard.word in label]
    return exact[0] if exact else near[0] if len(near) == 1 else heard.said
