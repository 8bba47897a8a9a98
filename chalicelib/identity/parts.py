"""Who is who, put together."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from chalicelib.kernel import config

if TYPE_CHECKING:
    from chalicelib.identity.service import Identity


@cache
def identity() -> Identity:
    """Make the use cases of signing in; reading a token wakes no outside party."""
    from chalicelib import wiring
    from chalicelib.identity.service import Identity, Keys
    from chalicelib.identity.store import Store
    from chalicelib.kernel.parts import expiring, sealer
    from parties.registry import playing

    keys = Keys(config.key("session"), config.key("index"), config.key("verify"))
    store = Store(config.table("accounts"), config.region())
    return Identity(store, expiring(), sealer(), keys, lambda app: playing("login", app), wiring.messenger)
