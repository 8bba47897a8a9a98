"""VoiceXML 2.1 (W3C 2007-06-19) with SRGS 1.0 grammars: one document a turn. Texts come ready to be read aloud."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from chalicelib.intake.model import Ask

MEDIA = "application/voicexml+xml; charset=utf-8"
VXML, SRGS = "http://www.w3.org/2001/vxml", "http://www.w3.org/2001/06/grammar"
PROPERTIES = {"inputmodes": "dtmf", "timeout": "6s", "interdigittimeout": "5s", "termchar": "#", "bargein": "true"}


def asking(text: str, ask: Ask, following: dict[str, str], next_: str, operator: str, sorry: str) -> str:
    """Say a text and take the next keys; they are posted to `next_` with the variables `following`.

    Nobody answers, or nothing fits, three times: `sorry` is said and the call goes to the operator.
    """
    root = _document()
    for name, value in following.items():
        ET.SubElement(root, "var", name=name, expr=f"'{value}'")
    field = ET.SubElement(ET.SubElement(root, "form", id="main"), "field", name="keys")
    _grammar(field, ask)
    _prompt(field, text)
    for event, said in (("noinput", "没有听到按键。"), ("nomatch", "按键不对。")):
        again = ET.SubElement(field, event)
        _prompt(again, said)
        ET.SubElement(again, "reprompt")
        ET.SubElement(ET.SubElement(field, event, count="3"), "goto", next="#person")
    filled = ET.SubElement(field, "filled")
    ET.SubElement(filled, "submit", next=next_, method="post", namelist=" ".join((*following, "keys")))
    _transfer(root, sorry, operator)
    return _written(root)


def ending(text: str) -> str:
    """Say a text and hang up."""
    root = _document()
    block = ET.SubElement(ET.SubElement(root, "form", id="end"), "block")
    _prompt(block, text)
    ET.SubElement(block, "disconnect")
    return _written(root)


def transferring(text: str, operator: str) -> str:
    """Say a text and hand the call to a person."""
    root = _document()
    _transfer(root, text, operator)
    return _written(root)


def _document() -> ET.Element:
    root = ET.Element("vxml", {"version": "2.1", "xmlns": VXML, "xml:lang": "zh-CN"})
    for name, value in PROPERTIES.items():
        ET.SubElement(root, "property", name=name, value=value)
    return root


def _grammar(field: ET.Element, ask: Ask) -> None:
    """Write which keys are taken: one of the choices, or up to `length` keys of 0–9 and *."""
    grammar = ET.SubElement(field, "grammar", {"xmlns": SRGS, "version": "1.0", "mode": "dtmf", "root": "keys"})
    rule = ET.SubElement(grammar, "rule", id="keys", scope="public")
    either = ET.SubElement(rule, "one-of")
    for key in ask.choices:
        ET.SubElement(either, "item").text = key
    if ask.kind != "choice":
        item = ET.SubElement(either, "item", repeat=f"1-{ask.length or 20}")
        ET.SubElement(item, "ruleref", uri="#key")
        one = ET.SubElement(ET.SubElement(grammar, "rule", id="key"), "one-of")
        for key in "0123456789*":
            ET.SubElement(one, "item").text = key
    if "#" in ask.choices:  # then # is an answer, and no longer only the end of one
        ET.SubElement(rule, "item", repeat="0-1").text = "#"


def _transfer(root: ET.Element, said: str, operator: str) -> None:
    form = ET.SubElement(root, "form", id="person")
    transfer = ET.SubElement(form, "transfer", name="agent", dest=f"tel:{operator}", bridge="false")
    _prompt(transfer, said)


def _prompt(parent: ET.Element, text: str) -> None:
    ET.SubElement(parent, "prompt").text = text


def _written(root: ET.Element) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode")
