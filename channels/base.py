"""What a channel people talk on satisfies: it is a callback like any other, by which people tell and are answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from chalicelib.dialogue.model import Utterance
from chalicelib.intake.model import Reply
from parties.base import Callback


class TalkChannel(Callback[Sequence[Utterance], Sequence[Reply]], Protocol):
    """A channel people talk on (WeChat account, SMS, telephone): reads what was said, empty where no answer is needed."""

    inline: bool
    """True: the reply goes back in the answer; False: it is sent as a message of its own."""
