"""DTMF grammars: VoiceXML's built-in `digits` and `boolean`, and SRGS 1.0 in XML, each made into one regular expression."""

from __future__ import annotations

import re
from urllib.parse import parse_qs
from xml.etree import ElementTree as ET

_REPEAT = re.compile(r"(\d+)(-(\d*))?")
_MANY = 50  # the longest input anything here takes


class BadGrammar(ValueError):
    """A grammar this interpreter cannot read (`error.badfetch` or `error.unsupported.format` in VoiceXML)."""


def tag(element: ET.Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def builtin(kind: str) -> str:
    """Compile `digits?minlength=1;maxlength=4`, `digits?length=4` or `boolean?y=1;n=2`. Raises BadGrammar."""
    name, _, query = kind.partition("?")
    given = {key: values[-1] for key, values in parse_qs(query.replace(";", "&")).items()}
    try:
        if name == "digits":
            least, most = int(given.get("minlength", "1")), int(given.get("maxlength", str(_MANY)))
            if "length" in given:
                least = most = int(given["length"])
            return f"[0-9]{{{least},{most}}}"
        if name == "boolean":
            return f"[{re.escape(given.get('y', '1'))}{re.escape(given.get('n', '2'))}]"
    except ValueError as error:
        raise BadGrammar(kind) from error
    raise BadGrammar(kind)


def srgs(grammar: ET.Element) -> str:
    """Compile an inline SRGS grammar from its root rule. Raises BadGrammar."""
    rules = {str(rule.get("id")): rule for rule in grammar if tag(rule) == "rule"}
    root = grammar.get("root") or next(iter(rules), "")
    if root not in rules:
        raise BadGrammar("no root rule")
    return _sequence(rules[root], rules, depth=0)


def _sequence(element: ET.Element, rules: dict[str, ET.Element], depth: int) -> str:
    parts = [_tokens(element.text)]
    for child in element:
        parts += [_part(child, rules, depth), _tokens(child.tail)]
    return "".join(parts)


def _part(element: ET.Element, rules: dict[str, ET.Element], depth: int) -> str:
    if depth > _MANY:
        raise BadGrammar("a rule refers to itself")
    name = tag(element)
    if name == "one-of":
        return "(?:" + "|".join(_part(item, rules, depth + 1) for item in element if tag(item) == "item") + ")"
    if name == "item":
        return f"(?:{_sequence(element, rules, depth + 1)}){_repeat(element.get('repeat'))}"
    if name == "ruleref":
        rule = rules.get(str(element.get("uri", "")).removeprefix("#"))
        if rule is None:
            raise BadGrammar(f"no rule {element.get('uri')}")
        return f"(?:{_sequence(rule, rules, depth + 1)})"
    if name in ("tag", "example"):
        return ""
    raise BadGrammar(name)


def _tokens(text: str | None) -> str:
    keys = "".join((text or "").split())
    if not re.fullmatch(r"[0-9*#A-D]*", keys):
        raise BadGrammar(f"{keys} is no key")
    return re.escape(keys)


def _repeat(text: str | None) -> str:
    if text is None:
        return ""
    match = _REPEAT.fullmatch(text.strip())
    if not match:
        raise BadGrammar(f"repeat {text}")
    least = match[1]
    most = least if match[2] is None else match[3] or str(_MANY)
    return f"{{{least},{most}}}"


def take(keys: str, takes: re.Pattern[str]) -> tuple[str | None, str]:
    """Take the longest beginning of the keys that fits, and the `#` that ends it; return (what was taken, what is left)."""
    literal = "\\#" in takes.pattern
    head, mark, rest = (keys, "", "") if literal else keys.partition("#")
    size = next((size for size in range(len(head), 0, -1) if takes.fullmatch(head[:size])), 0)
    if not size:
        return None, keys
    return head[:size], rest if size == len(head) else head[size:] + mark + rest
