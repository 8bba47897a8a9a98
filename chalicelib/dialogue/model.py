"""What a conversation is made of: utterances, the states between them, what is remembered.

          ┌─────────► SERVICE ──► FIELD ⟲ ──► CONFIRM ──► receipt
          │                         ▲ 补正: what an office asked for, of the case that waits
IDLE ──► HOME ──────► NUMBER ──► VERIFY ──► status
          └─────────► LEVEL ──► REASON ──► NAMED ──► thanks  receipt, status and thanks end in IDLE, on the telephone in AFTER
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from chalicelib.intake.model import Ask, Reply

KEPT = 6
"""Answers kept for messages that come again; the longest batch of one person a gateway sends at once is shorter."""


@dataclass(frozen=True)
class Utterance:
    """One utterance of a citizen in a conversation: a chat message, an SMS, the keys pressed.

    `sender` is `wx:<openid>` or `tel:<mobile>`; `conversation` is what the dialogue remembers by (openid, phone, call id);
    `message_id` makes a replay answer the same. `keypad` is true where only 0–9, * and # can be sent. `text` is empty at the
    start of a call and where nobody answered.
    """

    channel: str
    sender: str
    conversation: str
    message_id: str
    text: str
    at: datetime
    keypad: bool = False


class State(StrEnum):
    """What the next message answers."""

    IDLE = "idle"  # nothing was asked
    HOME = "home"  # the menu
    SERVICE = "service"  # which service?
    FIELD = "field"  # one question of a form
    CONFIRM = "confirm"  # is all of this right?
    NUMBER = "number"  # which case?
    VERIFY = "verify"  # the last four of the identity number
    LEVEL = "level"  # how satisfied, 5 … 1
    REASON = "reason"  # why not
    NAMED = "named"  # whether he may be called
    AFTER = "after"  # telephone: again, something else, rate


_S = State
_OPEN = frozenset(_S) - {_S.CONFIRM}
_FORM = frozenset({_S.IDLE, _S.HOME, _S.SERVICE, _S.FIELD, _S.CONFIRM, _S.AFTER})

# Every edge there is. A form is left only by finishing it, by giving it up, or for a person.
EDGES: dict[State, frozenset[State]] = {state: _FORM if state in (_S.FIELD, _S.CONFIRM) else _OPEN for state in _S}


@dataclass(frozen=True)
class Memory:
    """What is remembered between two utterances.

    `data` belongs to the state. `tries`: answers in a row that did not fit. `shown_at`: when we last spoke (ISO), empty before.
    `last_case`: filed in this conversation. `replies`: (message id, answer), oldest first.
    """

    state: State = State.IDLE
    data: Mapping[str, Any] = field(default_factory=dict)
    tries: int = 0
    shown_at: str = ""
    last_case: str = ""
    replies: tuple[tuple[str, Reply], ...] = ()

    def answered(self, message_id: str) -> Reply | None:
        """Return what was answered to a message, if it is one of the last."""
        return dict(self.replies).get(message_id)


@dataclass(frozen=True)
class Answer:
    """What an utterance leads to: what is said, what may be answered, and what is remembered.

    `missed`: the answer did not fit and was asked for again. `filed`: the number of a case just filed.
    """

    state: State
    text: str
    ask: Ask | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    missed: bool = False
    ended: bool = False
    transfer: bool = False
    filed: str = ""

    def led_by(self, words: str) -> Answer:
        """Return the answer with a sentence before its text."""
        return replace(self, text=f"{words}{self.text}" if words else self.text)

    def reply(self) -> Reply:
        """Return what the channel renders."""
        return Reply(self.text, ask=self.ask, ended=self.ended, transfer=self.transfer)
