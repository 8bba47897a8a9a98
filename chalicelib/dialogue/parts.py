"""Conversation, put together: it talks, the desk does."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from chalicelib.kernel import config

if TYPE_CHECKING:
    from chalicelib.dialogue.service import Dialogue


@cache
def dialogue() -> Dialogue:
    """Make the one conversation of chat, SMS and telephone."""
    from chalicelib.cases.parts import cases
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.dialogue.service import Dialogue
    from chalicelib.intake.parts import desk
    from chalicelib.kernel.parts import expiring, sealer
    from chalicelib.notices.parts import notices
    from chalicelib.ratings.model import ticket
    from chalicelib.ratings.parts import invitations

    return Dialogue(
        desk(),
        cases(),
        catalogue(),
        expiring(),
        sealer(),
        config.key("index"),
        invitations(),
        lambda case_no: ticket(config.key("case"), case_no),
        notices,
    )
