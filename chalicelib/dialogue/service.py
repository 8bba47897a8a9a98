"""One conversation for chat, SMS and telephone: what was said, where we were, what comes next.

    turn ──► remembered? same message ──► same answer
               │ no
               ▼
             command (人工, 取消, CX 号码 …) ──► else the state's own question ──► Move ──► remembered, sealed, if nobody was first

The desk's writes are keyed by the message that began an application, so a turn that is played twice files once.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from chalicelib.dialogue import moves, texts, words
from chalicelib.dialogue.filing import Filing
from chalicelib.dialogue.model import KEPT, Memory, Move, State, Turn
from chalicelib.dialogue.ports import Box, Cases, Catalogue, Desk, OptOuts, Reasons, Scene, Sessions
from chalicelib.dialogue.rating import Invitations, Rating
from chalicelib.dialogue.standing import Standing
from chalicelib.intake.model import Ask, Reply
from chalicelib.kernel import clock, ids
from chalicelib.kernel.errors import AppError, Conflict, TooMany

CALL_TTL, CHAT_TTL = 3600, 24 * 3600  # seconds a conversation is remembered after its last word
TRIES = 3  # keys that do not fit, or silence, before a person takes the call
RACES = 4  # times a turn is played again because another one was first


class Dialogue:
    """Answer one turn after the other."""

    def __init__(
        self,
        desk: Desk,
        cases: Cases,
        catalogue: Catalogue,
        sessions: Sessions,
        box: Box,
        index_key: bytes,
        reasons: Reasons,
        ticket: Callable[[str], str],
        optouts: Callable[[], OptOuts],
    ) -> None:
        self._sessions, self._box, self._key, self._optouts = sessions, box, index_key, optouts
        self._invitations = Invitations(sessions, lambda sender: f"expect#{ids.keyed(index_key, 'owner', sender)}")
        self._filing, self._standing = Filing(desk, catalogue), Standing(desk, cases)
        self._rating = Rating(desk, self._standing, self._invitations, reasons, ticket)
        self._states: dict[State, Callable[[Scene], Move]] = {
            State.IDLE: self._idle,
            State.HOME: self._home,
            State.SERVICE: self._filing.chosen,
            State.FIELD: self._filing.answered,
            State.CONFIRM: self._filing.confirmed,
            State.NUMBER: self._standing.numbered,
            State.VERIFY: self._standing.verified,
            State.LEVEL: self._rating.levelled,
            State.REASON: self._rating.reasoned,
            State.AFTER: self._after,
        }

    def answer(self, turn: Turn, now: datetime) -> Reply:
        """Answer one turn; the same message again gets the same answer. Raises what is retryable only."""
        place = f"talk#{turn.channel}#{ids.keyed(self._key, 'talk', turn.conversation)}"
        for _ in range(RACES):
            memory, rev = self._recall(place, now)
            before = memory.answered(turn.message_id)
            if before is not None:
                return before
            move = self._move(Scene(turn, words.hear(turn.text), memory, now))
            reply = move.reply()
            try:
                ttl = CALL_TTL if turn.keypad else CHAT_TTL
                self._sessions.put(place, self._kept(place, _after(memory, move, turn, reply, now)), ttl, now, rev)
                return reply
            except Conflict:
                continue
        raise TooMany("消息太多，请稍后再试")

    def expect_rating(self, sender: str, case_no: str, now: datetime) -> None:
        """Take a bare digit from `sender` (`tel:…`, `wx:…`, or a mobile number) as the rating of this case, from now on."""
        self._invitations.invite(sender if ":" in sender else f"tel:{sender}", case_no, now)

    # — what was said —

    def _move(self, scene: Scene) -> Move:
        try:
            move = self._routed(scene)
        except AppError as error:
            if error.retryable and error.status >= 500:
                raise
            move = moves.home(scene, texts.full(error.detail))
        if not move.missed or scene.memory.tries + 1 < TRIES:
            return move
        return moves.person(scene) if scene.keypad else replace(move, text=f"{move.text}\n{texts.STUCK}")

    def _routed(self, scene: Scene) -> Move:
        heard, state = scene.heard, scene.memory.state
        if heard.command == "person" or (heard.word == "0" and not self._zero_is_an_answer(scene)):
            return moves.person(scene)
        if scene.turn.channel == "sms" and heard.command in ("stop", "start") and not _free(scene):
            return self._opted(scene, heard.command == "stop")
        if not heard.said:
            return (
                moves.home(scene)
                if state is State.IDLE
                else moves.again(scene, texts.SILENCE if scene.keypad else texts.UNKNOWN)
            )
        if heard.command == "cancel":
            given_up = state in (State.FIELD, State.CONFIRM)
            return moves.home(scene, texts.CANCELLED if given_up else texts.NOTHING_TO_CANCEL)
        if state in (State.FIELD, State.CONFIRM):
            return self._states[state](scene)
        if heard.command == "back" or (scene.keypad and heard.word == "*"):
            return moves.home(scene)
        return self._errand(scene) or self._states[state](scene)

    def _errand(self, scene: Scene) -> Move | None:
        """Begin what a command or a service's name asks for, wherever the conversation is; None if it asks for nothing."""
        heard, state = scene.heard, scene.memory.state
        if scene.keypad:
            return None
        match heard.command:
            case "help":
                return moves.home(scene, texts.HELP)
            case "menu":
                return moves.home(scene)
            case "apply":
                return self._filing.menu(scene)
            case "status":
                return self._standing.of(scene, heard.case_no) if heard.case_no else self._standing.start(scene)
            case "rate":
                return self._rating.start(scene, heard.case_no, heard.level)
        return None if state in (State.REASON, State.LEVEL, State.VERIFY) else self._filing.named(scene)

    def _idle(self, scene: Scene) -> Move:
        return self._rating.bare_digit(scene) or self._menu(scene)

    def _home(self, scene: Scene) -> Move:
        """The menu was shown; but an invitation to rate that came after it is what a digit answers."""
        return self._rating.bare_digit(scene, scene.memory.shown_at) or self._menu(scene)

    def _menu(self, scene: Scene) -> Move:
        match scene.heard.word:
            case "1":
                return self._filing.menu(scene)
            case "2":
                return self._standing.start(scene)
            case "3":
                return self._rating.start(scene)
        return moves.lost(scene)

    def _after(self, scene: Scene) -> Move:
        match scene.heard.word:
            case "1":
                return moves.done(scene, scene.data["text"], scene.data["rate"], verified=scene.data["verified"])
            case "2":
                return self._standing.ask_number(scene)
            case "3" if scene.data["rate"]:
                return self._rating.start(scene, scene.data["rate"], verified=scene.data["verified"])
        return moves.again(scene, texts.WRONG_KEY)

    def _zero_is_an_answer(self, scene: Scene) -> bool:
        return scene.memory.state is State.FIELD and self._filing.takes_zero(scene)

    def _opted(self, scene: Scene, out: bool) -> Move:
        phone = scene.turn.sender.removeprefix("tel:")
        if out:
            self._optouts().opt_out(phone, scene.now)
        else:
            self._optouts().opt_in(phone)
        return Move(State.IDLE, texts.STOPPED if out else texts.STARTED)

    # — memory —

    def _recall(self, place: str, now: datetime) -> tuple[Memory, int]:
        kept, rev = self._sessions.get(place, now)
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


def _after(memory: Memory, move: Move, turn: Turn, reply: Reply, now: datetime) -> Memory:
    return Memory(
        state=move.state,
        data=dict(move.data),
        tries=memory.tries + 1 if move.missed else 0,
        shown_at=clock.iso(now),
        last_case=move.filed or memory.last_case,
        replies=(*memory.replies, (turn.message_id, reply))[-KEPT:],
    )


def _reply(value: dict[str, Any]) -> Reply:
    ask = value.pop("ask")
    return Reply(**value, ask=Ask(**ask) if ask else None)
