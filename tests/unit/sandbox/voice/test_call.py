"""The VoiceXML interpreter over documents kept in a dict: events, counts, scopes, grammars, expressions."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.voice.call import BUSY, VoiceCall
from sandbox.voice.expr import BadExpression, evaluate
from sandbox.voice.grammar import BadGrammar, builtin, take

HEAD = '<vxml version="2.1" xmlns="http://www.w3.org/2001/vxml">'
START = "http://platform.test/ivr/vxml?key=K"


class Line:
    """A call over documents by address; every fetch is noted."""

    def __init__(self, *bodies: str, **documents: str) -> None:
        self.documents = {"vxml": bodies[0] if bodies else "", **documents}
        self.fetched: list[tuple[str, str, dict[str, str]]] = []
        self.call = VoiceCall(self._fetch, {"sessionid": "c1", "connection.remote.uri": "tel:13800138000"})
        asyncio.run(self.call.start(START, {"call": "c1"}))

    async def _fetch(self, url: str, method: str, params: dict[str, str]) -> tuple[int, bytes]:
        self.fetched.append((url, method, params))
        name = url.rsplit("/", 1)[1].partition("?")[0]
        return (200, f"{HEAD}{self.documents[name]}</vxml>".encode()) if name in self.documents else (404, b"")

    def press(self, keys: str) -> list[str]:
        asyncio.run(self.call.press(keys))
        return self.call.said


FIELD = """<form><field name="pin" type="digits?length=4"><prompt>密码</prompt>{more}
 <filled><prompt>是<value expr="pin"/></prompt></filled></field></form>"""


def test_a_field_takes_keys_and_the_form_ends() -> None:
    line = Line(FIELD.format(more=""))
    assert line.call.said == ["密码"] and not line.call.ended
    assert line.press("1234#") == ["是1234"] and line.call.ended


@pytest.mark.parametrize("keys", ["", "123", "12a", "*"])
def test_by_default_silence_and_wrong_keys_repeat_the_question(keys: str) -> None:
    line = Line(FIELD.format(more=""))
    assert line.press(keys) == ["密码"] and not line.call.ended


def test_handlers_are_chosen_by_count_and_repeat_only_when_told() -> None:
    more = """<noinput><prompt>再说一遍</prompt><reprompt/></noinput><noinput count="2">安静</noinput>
      <noinput count="3"><exit/></noinput>"""
    line = Line(FIELD.format(more=more))
    assert line.press("") == ["再说一遍", "密码"]
    assert line.press("") == ["安静"]
    assert line.press("") == [] and line.call.ended


def test_prompts_taper_by_count() -> None:
    line = Line(
        '<form><field name="a" type="digits?length=1"><prompt>长</prompt><prompt count="2">短</prompt></field></form>'
    )
    assert (line.call.said, line.press(""), line.press("")) == (["长"], ["短"], ["短"])


def test_handlers_of_the_document_and_thrown_events() -> None:
    line = Line(
        '<catch event="com.busy nomatch"><prompt>文档处理</prompt></catch>'
        '<form><block><throw event="com.busy.now"/></block><field name="a" type="digits?length=1"><prompt>一</prompt></field></form>'
    )
    # the handler did not ask for a reprompt, so the question waits in silence
    assert line.call.said == ["文档处理"]
    assert line.press("*") == ["文档处理"]


def test_submit_is_relative_and_sends_what_is_named() -> None:
    line = Line(
        """<var name="seq" expr="'1'"/><form><field name="keys" type="digits?maxlength=3"><prompt>键</prompt>
        <filled><submit next="next?key=K" method="post" namelist="seq keys session.sessionid"/></filled></field></form>""",
        next="<form><block>好<disconnect/></block></form>",
    )
    assert line.press("12") == ["好"] and line.call.ended
    sent = {"seq": "1", "keys": "12", "session.sessionid": "c1"}
    assert line.fetched[1] == ("http://platform.test/ivr/next?key=K", "post", sent)


def test_keys_left_over_go_on_over_documents() -> None:
    first = FIELD.replace('<prompt>是<value expr="pin"/></prompt>', '<goto next="second"/>').format(more="")
    line = Line(first, second=FIELD.format(more=""))
    assert line.press("12345678") == ["密码", "是5678"]


def test_menus_links_options_and_booleans() -> None:
    line = Line(
        """<link dtmf="0" next="#agent"/>
        <menu id="m"><prompt>一或二</prompt><choice dtmf="1" next="#yes">一</choice><choice dtmf="2" event="com.two">二</choice></menu>
        <form id="yes"><field name="sure" type="boolean"><prompt>确定吗</prompt>
          <filled><if cond="sure"><goto next="#pick"/><else/><prompt>不</prompt><clear namelist="sure"/></if></filled></field></form>
        <form id="pick"><field name="what"><option dtmf="7" value="seven">七</option><prompt>选</prompt>
          <filled><prompt><value expr="what"/></prompt><exit/></filled></field></form>
        <form id="agent"><transfer name="t" dest="tel:12345" bridge="false"><prompt>转接</prompt></transfer></form>"""
    )
    assert line.press("1") == ["确定吗"]
    assert line.press("2") == ["不", "确定吗"]
    assert line.press("1") == ["选"]
    assert line.press("7") == ["seven"] and line.call.ended
    other = Line(*[line.documents["vxml"]])
    assert other.press("0") == ["转接"] and other.call.transferred == "tel:12345" and other.call.ended


def test_form_level_filled_waits_for_all() -> None:
    line = Line(
        """<form><field name="a" type="digits?length=1"><prompt>甲</prompt></field>
        <field name="b" type="digits?length=1"><prompt>乙</prompt></field>
        <filled namelist="a b"><assign name="a" expr="a + b"/><prompt><value expr="a"/></prompt></filled></form>"""
    )
    assert line.press("1") == ["乙"] and line.press("2") == ["12"]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<form><block><goto next='nowhere'/></block></form>", "HTTP 404"),
        ("<form><block><value expr='missing'/></block></form>", "missing is not defined"),
        ("<form><block><script>x</script></block></form>", "error.unsupported.script"),
        (
            "<form><field name='a'><grammar src='x.grxml' mode='dtmf'/></field><prompt/></form>",
            "external grammar x.grxml",
        ),
        ("<form id='a'><block><goto next='#a'/></block></form>", "walked in a circle"),
        ("<form><record name='r'/></form>", "error.unsupported.record"),
        ("", "there is no form and no menu"),
        ("<form><block><goto next='#none'/></block></form>", "error.badfetch"),
    ],
)
def test_a_bad_document_ends_the_call_and_says_why(body: str, fault: str) -> None:
    line = Line(body)
    if not line.call.ended:
        line.press("1")
    assert line.call.ended and line.call.said[-1] == BUSY and line.call.fault == fault


def test_a_type_definition_is_not_read() -> None:
    call = VoiceCall(lambda *_: _answer(b'<!DOCTYPE x [<!ENTITY e "x">]><vxml version="2.1"/>'), {})
    asyncio.run(call.start("http://x/", {}))
    assert call.ended and "type definition" in call.fault


async def _answer(body: bytes) -> tuple[int, bytes]:
    return 200, body


def test_hanging_up_runs_the_last_handler() -> None:
    more = '<catch event="connection.disconnect.hangup"><submit next="bye" namelist="session.sessionid"/></catch>'
    line = Line(FIELD.format(more=more), bye="<form><block><exit/></block></form>")
    asyncio.run(line.call.hang_up())
    assert line.call.ended and line.fetched[-1][0].endswith("/bye")


SRGS = """<form><field name="k"><grammar version="1.0" mode="dtmf" root="keys"><rule id="keys"><one-of><item>0</item>
 <item repeat="1-3"><ruleref uri="#key"/></item><item>1 <item repeat="2">*</item></item></one-of></rule>
 <rule id="key"><one-of><item>7</item><item>8</item></one-of></rule></grammar><prompt>问</prompt>
 <filled><prompt><value expr="k"/></prompt></filled></field></form>"""


@pytest.mark.parametrize(
    ("keys", "said"), [("0", "0"), ("78", "78"), ("787", "787"), ("1**", "1**"), ("9", "问"), ("1*", "问")]
)
def test_srgs(keys: str, said: str) -> None:
    assert Line(SRGS).press(keys) == [said]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'a' + 1", "a1"),
        ("1 + 2", 3),
        ("a == '1' && !b", True),
        ("a === 1 || c", True),
        ("b != null", False),
        ("session.id", "s"),
        ("'it\\'s && ! fine'", "it's && ! fine"),
        ("a >= 2", False),
        ("true", True),
    ],
)
def test_expressions(text: str, value: Any) -> None:
    assert evaluate(text, {"a": "1", "b": None, "c": True, "session.id": "s"}) == value


@given(st.text(max_size=40))
def test_an_expression_is_worked_out_or_refused(text: str) -> None:
    with contextlib.suppress(BadExpression):
        evaluate(text, {"a": "1"})


@pytest.mark.parametrize("text", ["__import__('os')", "a.__class__", "[1]", "lambda: 1", "a if a else a", "missing"])
def test_nothing_else_of_python_is_let_through(text: str) -> None:
    with pytest.raises(BadExpression):
        evaluate(text, {"a": "1"})


@given(st.text("0123456789*#", max_size=30), st.integers(1, 12))
def test_no_key_is_lost_or_made_up(keys: str, length: int) -> None:
    import re

    taken, left = take(keys, re.compile(builtin(f"digits?length={length}")))
    assert (taken or "") + left == keys or (taken or "") + "#" + left == keys
    assert taken is None or (len(taken) == length and taken.isdigit())


@pytest.mark.parametrize("kind", ["digits?length=x", "date", "number"])
def test_unknown_field_types(kind: str) -> None:
    with pytest.raises(BadGrammar):
        builtin(kind)
