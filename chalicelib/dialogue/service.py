"""One conversation for chat, SMS and telephone: what was said, where we were, what comes next.

    said ──► remembered? same message ──► same answer
               │ no
               ▼
             command (人工, 取消, CX 号码 …) ──► else the state's own question ──► Answer ──► remembered, sealed, if nobody was first

The desk's writes are keyed by the message that began an application, so an utterance that comes twice files once.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from chalicelib.dialogue import answers, texts, words
from chalicelib.dialogue.filing import Filing
from chalicelib.dialogue.model import KEPT, Answer, Memory, State, Utterance
from chalicelib.dialogue.ports import Box, Cases, Desk, Invitations, ListedServices, OptOuts, Scene
from chalicelib.dialogue.rating import Rating
from chalicelib.dialogue.status import StatusTalk
from chalicelib.dialogue.supplementing import Supplementing
from chalicelib.intake.model import Ask, Reply
from chalicelib.kernel import clock, ids
from chalicelib.kernel.errors import AppError, TooMany
from chalicelib.kernel.expiring import Expiring
from chalicelib.kernel.retry import retried
from chalicelib.vocabulary.channels import who

CALL_TTL, CHAT_TTL = 3600, 24 * 3600  # seconds a conversation is remembered after its last word
TRIES = 3  # keys that do not fit, or silence, before a person takes the call


class Dialogue:
    """Answer one utterance after the other."""

    def __init__(
        self,
        desk: Desk,
        cases: Cases,
        catalogue: ListedServices,
        expiring: Expiring,
        box: Box,
        index_key: bytes,
        invitations: Invitations,
        ticket: Callable[[str], str],
        optouts: Callable[[], OptOuts],
    ) -> None:
        self._expiring, self._box, self._key, self._optouts = expiring, box, index_key, optouts
        self._filing, self._status = Filing(desk, catalogue), StatusTalk(desk, cases, catalogue)
        self._supplementing = Supplementing(self._status, self._filing, catalogue)
        self._rating = Rating(desk, self._status, invitations, ticket)
        self._states: dict[State, Callable[[Scene], Answer]] = {
            State.IDLE: self._idle,
            State.HOME: self._home,
            State.SERVICE: self._filing.chosen,
            State.FIELD: self._filing.answered,
            State.CONFIRM: self._filing.confirmed,
            State.NUMBER: self._status.numbered,
            State.VERIFY: self._status.verified,
            State.LEVEL: self._rating.levelled,
            State.REASON: self._rating.reasoned,
            State.NAMED: self._rating.named,
            State.AFTER: self._after,
        }

    def answer(self, said: Utterance, now: datetime) -> Reply:
        """Answer what was said; the same message again gets the same answer. Raises what is retryable only."""
        place = f"talk#{said.channel}#{ids.keyed(self._key, 'talk', said.conversation)}"
        return retried(lambda: self._answer(place, said, now), TooMany("消息太多，请稍后再试"))

    def _answer(self, place: str, said: Utterance, now: datetime) -> Reply:
        memory, rev = self._recall(place, now)
        before = memory.answered(said.message_id)
        if before is not None:
            return before
        found = self._found(Scene(said, words.hear(said.text), memory, now))
        reply, ttl = found.reply(), CALL_TTL if said.keypad else CHAT_TTL
        self._expiring.put(place, self._kept(place, _after(memory, found, said, reply, now)), ttl, now, rev)
        return reply

    # — what was said —

    def _found(self, scene: Scene) -> Answer:
        try:
            found = self._routed(scene)
        except AppError as error:
            if error.retryable and error.status >= 500:
                raise
            found = answers.home(scene, texts.full(error.detail))
        if not found.missed or scene.memory.tries + 1 < TRIES:
            return found
        return answers.person(scene) if scene.keypad else replace(found, text=f"{found.text}\n{texts.STUCK}")

    def _routed(self, scene: Scene) -> Answer:
        heard, state = scene.heard, scene.memory.state
        if heard.command == "person" or (heard.word == "0" and not self._zero_is_an_answer(scene)):
            return answers.person(scene)
        if scene.utterance.channel == "sms" and heard.command in ("stop", "start") and not _free(scene):
            return self._opted(scene, heard.command == "stop")
        if not heard.said:
            return (
                answers.home(scene)
                if state is State.IDLE
                else answers.repeat(scene, texts.SILENCE if scene.keypad else texts.UNKNOWN)
            )
        if heard.command == "cancel":
            given_up = state in (State.FIELD, State.CONFIRM)
            return answers.home(scene, texts.CANCELLED if given_up else texts.NOTHING_TO_CANCEL)
        if state in (State.FIELD, State.CONFIRM):
            return self._states[state](scene)
        if heard.command == "back" or (scene.keypad and heard.word == "*"):
            return answers.home(scene)
        return self._errand(scene) or self._states[state](scene)

    def _errand(self, scene: Scene) -> Answer | None:
        """Begin what a command or a service's name asks for, wherever the conversation is; None if it asks for nothing."""
        heard, state = scene.heard, scene.memory.state
        if scene.keypad:
            return None
        match heard.command:
            case "help":
                return answers.home(scene, texts.HELP)
            case "menu":
                return answers.home(scene)
            case "apply":
                return self._filing.menu(scene)
            case "status":
                return self._status.of(scene, heard.case_no) if heard.case_no else self._status.start(scene)
            case "rate":
                return self._rating.start(scene, heard.case_no, heard.level)
            case "supplement":
                return self._supplementing.start(scene, heard.case_no)
        return None if state in (State.REASON, State.NAMED, State.LEVEL, State.VERIFY) else self._filing.named(scene)

    def _idle(self, scene: Scene) -> Answer:
        return self._rating.bare_digit(scene) or self._menu(scene)

    def _home(self, scene: Scene) -> Answer:
        """The menu was shown; but an invitation to rate that came after it is what a digit answers."""
        return self._rating.bare_digit(scene, scene.memory.shown_at) or self._menu(scene)

    def _menu(self, scene: Scene) -> Answer:
        match scene.heard.word:
            case "1":
                return self._filing.menu(scene)
            case "2":
                return self._status.start(scene)
            case "3":
                return self._rating.start(scene)
        return answers.lost(scene)

    def _after(self, scene: Scene) -> Answer:
        data = scene.data
        match scene.heard.word:
            case "1":
                again, waits = data["text"], data["supplement"]
                return answers.done(scene, again, data["rate"], verified=data["verified"], supplement=waits)
            case "2":
                return self._status.ask_number(scene)
            case "3" if data["rate"]:
                return self._rating.start(scene, data["rate"], verified=data["verified"])
            case "3" if data["supplement"]:
                return self._supplementing.start(scene, data["supplement"])
        return answers.repeat(scene, texts.WRONG_KEY)

    def _zero_is_an_answer(self, scene: Scene) -> bool:
        return scene.memory.state is State.FIELD and self._filing.takes_zero(scene)

    def _opted(self, scene: Scene, out: bool) -> Answer:
        phone = who(scene.utterance.sender, "sms")
        if out:
            self._optouts().opt_out(phone, scene.now)
        else:
            self._optouts().opt_in(phone)
        return Answer(State.IDLE, texts.STOPPED if out else texts.STARTED)

    # — memory —

    def _recall(self, place: str, now: datetime) -> tuple[Memory, int]:
        kept, rev = self._expiring.get(place, now)
        if kept is None:
            return Memory(), 0
        value = self._box.open(base64.b64decode(kept["sealed"]), place)
        replies = tuple((message_id, _reply(each)) for message_id, each in value.pop("replies"))
        return Memory(**{**value, "state": State(value["state"]), "replies": replies}), rev

    def _kept(self, place: str, memory: Memory) -> dict[str, Any]:
        """Write a memory, sealed: half-filled forms are personal data."""
        return {"sealed": base64.b64encode(self._box.seal(asdict(memory), place)).decode()}


def _free(scene: Scene) -> bool:
    """Tell whether a single letter may be an answer in words."""
    return scene.memory.state in (State.FIELD, State.REASON) and len(scene.heard.word) == 1


def _after(memory: Memory, found: Answer, said: Utterance, reply: Reply, now: datetime) -> Memory:
    return Memory(
        state=found.state,
        data=dict(found.data),
        tries=memory.tries + 1 if found.missed else 0,
        shown_at=clock.iso(now),
        last_case=found.filed or memory.last_case,
        replies=(*memory.replies, (said.message_id, reply))[-KEPT:],
    )


def _reply(value: dict[str, Any]) -> Reply:
    ask = value.pop("ask")
    return Reply(**value, ask=Ask(**ask) if ask else None)
