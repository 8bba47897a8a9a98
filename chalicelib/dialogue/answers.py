"""Answers more than one part of the conversation makes."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.dialogue import texts
from chalicelib.dialogue.model import Answer, State
from chalicelib.dialogue.ports import Scene
from chalicelib.intake.model import Ask


def home(scene: Scene, lead: str = "") -> Answer:
    """Show the menu."""
    choices = texts.HOME
    hello = texts.HELLO if scene.keypad else texts.HELLO_CHAT
    text = texts.line(lead or hello, choices, scene.keypad)
    return Answer(State.HOME, text, Ask("choice", 1, choices | ({"*": texts.BACK} if scene.keypad else {})))


def lost(scene: Scene, why: str = "") -> Answer:
    """Help whoever was not understood, and show the menu."""
    lead = texts.WRONG_KEY if scene.keypad else f"{why or texts.UNKNOWN}{texts.HELP}"
    return replace(home(scene, lead), missed=True)


def done(
    scene: Scene, text: str, rate: str = "", hint: str = "", verified: bool = False, supplement: str = ""
) -> Answer:
    """End an errand. On the telephone what was said can be heard again, and the next errand is a key away.

    `rate`: the case that may be rated now; `verified`: the caller knew the last four of the applicant's identity number; `supplement`:
    the case that waits for what can be keyed here.
    """
    if not scene.keypad:
        return Answer(State.IDLE, text + hint)
    more = texts.AFTER_RATE if rate else texts.AFTER_SUPPLEMENT if supplement else ""
    choices = {"1": texts.AFTER_AGAIN, "2": texts.AFTER_OTHER} | ({"3": more} if more else {})
    choices |= {"*": texts.AFTER_HOME, "0": texts.PERSON}
    spoken = texts.menu(text, choices, keypad=True)
    data = {"text": text, "rate": rate, "verified": verified, "supplement": supplement}
    return Answer(State.AFTER, spoken, Ask("choice", 1, choices), data)


def person(scene: Scene) -> Answer:
    """Hand over to a person. A chat or an SMS may go on where it was; a call is with the person now."""
    state, data, ask = scene.memory.state, scene.data, scene.memory.replies[-1][1].ask if scene.memory.replies else None
    if scene.keypad:
        return Answer(State.IDLE, texts.TO_PERSON_CALL, transfer=True)
    text = texts.TO_PERSON_SMS if scene.utterance.channel == "sms" else texts.TO_PERSON
    return Answer(state, text, ask, data, transfer=True)


def repeat(scene: Scene, why: str) -> Answer:
    """Ask the same once more, with a word before it."""
    if not scene.memory.replies:
        return home(scene)
    last = scene.memory.replies[-1][1]
    text = last.text
    for lead in (texts.SILENCE, texts.WRONG_KEY, texts.BAD_FOUR, texts.UNKNOWN):
        text = text.removeprefix(lead)
    text = text.removesuffix(f"\n{texts.STUCK}")
    return Answer(scene.memory.state, why + text, last.ask, scene.data, missed=True)
