"""The telephone (12345 语音自助): VoiceXML 2.1 over HTTP. A voice platform fetches one document a turn.

    platform ──POST call, caller, seq[, keys]──► us ──► one document: what is said, which keys are taken, where they go
       ▲                                                 │
       └──── submit namelist="call caller seq keys" ◄────┘      seq counts up, so (call, seq) names a turn

GB/T 33358-2016 wants no menu in front of a person: the first prompt is short and 0 leads to a person at once, as it does in
every menu. Nobody answers, or nothing fits, three times: a person. X of an identity number is keyed as *.
W3C VoiceXML 2.1 (2007-06-19), SRGS 1.0 for the grammars.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlencode
from xml.etree import ElementTree as ET

from chalicelib.dialogue.model import Turn
from chalicelib.intake.model import Ask, Reply
from chalicelib.kernel import config
from chalicelib.kernel.errors import AppError, InvalidInput
from channels import speech, wire
from channels.base import Inbound, Outbound
from channels.sms import mainland

MEDIA = "application/voicexml+xml; charset=utf-8"
VXML, SRGS = "http://www.w3.org/2001/vxml", "http://www.w3.org/2001/06/grammar"
PROPERTIES = {"inputmodes": "dtmf", "timeout": "6s", "interdigittimeout": "5s", "termchar": "#", "bargein": "true"}
SORRY = "对不起，系统正忙，现在为您转接人工。"
GOODBYE = "对不起，这次没能办理，请稍后再拨。"
TRANSFERRING = "现在为您转接人工，请稍候。"
_CALL, _KEYS, _SEQ = re.compile(r"[\w.@:+-]{1,128}", re.ASCII), re.compile(r"[0-9*#]{0,40}"), re.compile(r"[0-9]{1,4}")
_CALLER = re.compile(r"(?:sips?:|tel:)?(?P<number>\+?\d{3,20})?[\w.@:;=+ -]{0,100}", re.ASCII)


class Ivr:
    """People who call, through a VoiceXML platform."""

    name = "ivr"
    inline = True

    def __init__(self, credentials: Callable[[], Mapping[str, Any]] = lambda: config.party("ivr")) -> None:
        self._credentials = credentials

    def verify(self, inbound: Inbound, now: datetime) -> None:
        """Check the callback key."""
        wire.check_key(inbound, self._credentials()["callback_key"])

    def read(self, inbound: Inbound, now: datetime) -> Sequence[Turn]:
        """Return what was keyed; empty at the start of a call and where nobody answered."""
        form = _form(inbound)
        return [turn(form["call"], form.get("caller", ""), form.get("keys", ""), form.get("seq", "0"), now)]

    def render(self, inbound: Inbound, replies: Sequence[Reply], now: datetime) -> Outbound:
        """Say the answer and take the next keys."""
        form, reply = _form(inbound), replies[-1]
        root = _document()
        if reply.transfer:
            _transfer(root, reply.text or TRANSFERRING, self._operator())
        elif reply.ended or reply.ask is None:
            block = ET.SubElement(ET.SubElement(root, "form", id="end"), "block")
            _prompt(block, reply.text)
            ET.SubElement(block, "disconnect")
        else:
            following = {
                "call": form["call"],
                "caller": form.get("caller", ""),
                "seq": str(int(form.get("seq", "0")) + 1),
            }
            _question(
                root, reply.text, reply.ask, following, f"vxml?{urlencode({'key': inbound.query.get('key', '')})}"
            )
            _transfer(root, TRANSFERRING, self._operator())
        return Outbound(200, _written(root), MEDIA)

    def refuse(self, inbound: Inbound, error: AppError) -> Outbound:
        """Say sorry and hang up; where it is our own trouble, pass the caller to a person instead of dropping the call."""
        root = _document()
        if error.retryable:
            _transfer(root, SORRY, self._operator())
            return Outbound(200, _written(root), MEDIA)
        block = ET.SubElement(ET.SubElement(root, "form", id="end"), "block")
        _prompt(block, GOODBYE)
        ET.SubElement(block, "disconnect")
        return Outbound(error.status, _written(root), MEDIA)

    def _operator(self) -> str:
        return str(self._credentials()["operator"])


def turn(call: str, caller: str, keys: str, seq: str, now: datetime) -> Turn:
    """Make a turn of a call's facts. Raises InvalidInput for what no platform sends."""
    who = _CALLER.fullmatch(caller)
    if not (who and _CALL.fullmatch(call) and _KEYS.fullmatch(keys) and _SEQ.fullmatch(seq)):
        raise InvalidInput("通话参数不正确", code="bad_message")
    number = who["number"] or ""
    sender = f"tel:{mainland(number) or number}" if number else f"call:{call}"
    return Turn("ivr", sender, call, f"{call}:{int(seq)}", keys.rstrip("#") or keys[:1], now, keypad=True)


def _form(inbound: Inbound) -> dict[str, str]:
    """Read the form-encoded body. Raises InvalidInput."""
    try:
        fields = parse_qs(wire.text(inbound), keep_blank_values=True, max_num_fields=20, errors="strict")
    except ValueError:
        raise InvalidInput("通话参数不正确", code="bad_message") from None
    form = {name: values[-1] for name, values in fields.items()}
    if "call" not in form:
        raise InvalidInput("缺少通话编号", code="bad_message")
    return form


def _document() -> ET.Element:
    root = ET.Element("vxml", {"version": "2.1", "xmlns": VXML, "xml:lang": "zh-CN"})
    for name, value in PROPERTIES.items():
        ET.SubElement(root, "property", name=name, value=value)
    return root


def _question(root: ET.Element, text: str, ask: Ask, following: dict[str, str], next_: str) -> None:
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
    ET.SubElement(filled, "submit", next=next_, method="post", namelist="call caller seq keys")


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
    ET.SubElement(parent, "prompt").text = speech.spoken(text)


def _written(root: ET.Element) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode")
