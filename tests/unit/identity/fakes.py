"""Accounts, WeChat and a messenger in memory, and identity over them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from chalicelib.identity.model import Account
from chalicelib.identity.service import Identity, Keys
from chalicelib.kernel.errors import Conflict, Unauthenticated
from chalicelib.kernel.seal import Sealer
from tests.unit.memory import LocalKeys, MemoryExpiring

KEY = b"k" * 32


class Accounts:
    """The accounts table in a dict."""

    def __init__(self) -> None:
        self.kept: dict[str, Account] = {}

    def get(self, subject: str) -> Account | None:
        return self.kept.get(subject)

    def create(self, account: Account) -> None:
        if account.subject in self.kept:
            raise Conflict()
        self.kept[account.subject] = account

    def put(self, accounts: Sequence[Account]) -> None:
        self.kept |= {account.subject: account for account in accounts}


class WeChat:
    """Codes are openids, used once."""

    def __init__(self) -> None:
        self.used: set[str] = set()

    def login(self, code: str, now: datetime) -> str:
        if code in self.used:
            raise Unauthenticated()
        self.used.add(code)
        return code.partition("@")[0]


class Messenger:
    """Keeps what it was to take to a phone."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str, str, int]] = []

    def say_code(self, phone: str, code: str, key: str, now: datetime, life: int) -> None:
        self.said.append((phone, code, key, life))


class World:
    """Identity with everything around it."""

    def __init__(self) -> None:
        self.accounts, self.expiring, self.messenger, wechat = Accounts(), MemoryExpiring(), Messenger(), WeChat()
        self.drawn = 0
        self.identity = Identity(
            self.accounts,
            self.expiring,
            Sealer(LocalKeys(), "key"),
            Keys(KEY, b"index", b"verify"),
            lambda app: {"wechat": wechat}[app],
            lambda: self.messenger,
            self.draw,
        )

    def draw(self) -> str:
        self.drawn += 1
        return f"{self.drawn:06d}"
