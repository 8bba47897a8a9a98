"""Every real service that says it can be had by talking, can: each question is answered by its own example."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from chalicelib.catalogue.loader import load
from chalicelib.catalogue.model import Service
from chalicelib.dialogue import fields, words
from chalicelib.dialogue.model import Memory, State
from chalicelib.intake.model import Reply
from chalicelib.kernel import ids
from tests.unit.dialogue.fakes import Catalogue, World
from tests.unit.samples import ID

SERVICES = {each.code: each for each in load(Path(__file__).parents[3] / "services")}
TALKING = [
    (code, channel)
    for code, each in SERVICES.items()
    for channel in ("sms", "wechat", "ivr")
    if channel in each.channels
]


def world() -> World:
    made = World()
    real = Catalogue(*SERVICES.values())
    made.catalogue.services = real.services
    return made


def example(service: Service, reply: Reply, memory: Memory, keypad: bool) -> str:
    """Answer the present question by its example."""
    if memory.state is State.CONFIRM:
        return "1"
    asked = next(name for name in service.askable(keypad) if f"form.{name}" not in memory.data["answers"])
    value = service.field(asked)["examples"][0]
    if reply.ask and reply.ask.kind == "choice":
        labels = service.field(asked).get("x-labels", {})
        wanted = {True: "是", False: "否"}[value] if isinstance(value, bool) else labels.get(value, str(value))
        return next(key for key, label in reply.ask.choices.items() if label == wanted)
    return str(value).replace("-", "") if keypad else str(value)


@pytest.mark.parametrize(("channel", "typed"), [("sms", "x"), ("sms", "ｘ"), ("wechat", "x"), ("ivr", "*")])
def test_a_small_x_is_kept_as_the_letter_it_is(channel: str, typed: str) -> None:
    made = World()
    begun = ("", "1", "1") if channel == "ivr" else ("高龄津贴",)
    made.talk(*begun, f"51010719850615002{typed}", channel=channel, conversation="talk")
    place = f"talk#{channel}#{ids.keyed(b'index', 'talk', 'talk')}"
    assert made.dialogue._recall(place, made.now)[0].data["answers"]["form.id_number"] == "51010719850615002X"


@pytest.mark.parametrize("typed", ["91350100m000100y43", "９１３５０１００ｍ０００１００ｙ４３", "91350100-M000100Y43"])
def test_a_small_credit_code_is_kept_in_capitals(typed: str) -> None:
    assert fields._value({"type": "string", "format": "credit-code"}, words.hear(typed)) == "91350100M000100Y43"


@pytest.mark.parametrize(("code", "channel"), TALKING, ids=lambda each: each)
def test_a_service_is_had_by_talking(code: str, channel: str) -> None:
    made, service, keypad = world(), SERVICES[code], channel == "ivr"
    place = f"talk#{channel}#{ids.keyed(b'index', 'talk', 'talk')}"

    def memory() -> Memory:
        return made.dialogue._recall(place, made.now)[0]

    def say(text: str) -> Reply:
        return made.say(text.replace("X", "*") if keypad else text, channel, conversation="talk")

    reply = say("" if keypad else service.short_name)
    if keypad:
        reply = say("1")
        while not any(label == service.short_name for label in (reply.ask.choices if reply.ask else {}).values()):
            reply = say("4")
        assert reply.ask and len([key for key in reply.ask.choices if key in "123456789"]) <= 4
        reply = say(next(key for key, label in reply.ask.choices.items() if label == service.short_name))
    for _ in range(30):
        if made.store.heads:
            break
        contact = channel == "wechat" and "手机号码" in reply.text and memory().state is State.FIELD
        unasked = contact and all(f"form.{name}" in memory().data["answers"] for name in service.askable(keypad))
        reply = say("13800001234" if unasked else example(service, reply, memory(), keypad))
        assert len(reply.text) <= 300, "five segments"
    assert "已收到" in reply.text and next(iter(made.store.heads.values())).service == code


@pytest.mark.parametrize("state", [State.FIELD, State.CONFIRM])
def test_a_form_published_without_a_field_keeps_the_other_answers(state: State) -> None:
    made = World()
    made.talk("高龄津贴", ID, "1", "是", *(["无"] if state is State.CONFIRM else []))
    old = made.catalogue.services["old-age"]
    left = {name: each for name, each in old.form["properties"].items() if name != "alone"}
    form = {**old.form, "required": ["id_number", "kind"], "x-order": list(left), "properties": left}
    made.catalogue.services["old-age"] = replace(old, form=form)
    made.talk(*(["无"] if state is State.FIELD else []), "1")
    (case,) = made.store.heads.values()
    assert (made.cases.open(case).private or {})["form"] == {"id_number": ID, "kind": "a80"}


def test_a_service_that_sends_by_courier_since_the_sum_was_read_asks_where_to() -> None:
    made = World()
    made.talk("高龄津贴", ID, "1", "是", "无")
    old = made.catalogue.services["old-age"]
    made.catalogue.services["old-age"] = replace(old, delivery=("courier",))
    assert "收件人" in made.say("1").text and not made.store.heads
