"""Signing in: citizens by their mini-program, a code sent to their phone or a kiosk, staff by password; whose a token is, and its end."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from chalicelib.identity import limits, passwords, tokens
from chalicelib.identity.model import (
    CODE_LIFE,
    CODE_LIMITS,
    CODE_TRIES,
    LOCK_LIFE,
    LOCK_TRIES,
    SHORTEST_KEY,
    SOURCE_LIMITS,
    Account,
    Grant,
    Session,
)
from chalicelib.kernel import clock, ids
from chalicelib.kernel.errors import Conflict, Fault, InvalidInput, NotFound, TooMany, Unauthenticated
from chalicelib.kernel.expiring import Expiring
from chalicelib.kernel.retry import retried
from chalicelib.kernel.seal import Sealer
from chalicelib.vocabulary import channels
from chalicelib.vocabulary.channels import SessionKind


class AccountStore(Protocol):
    """What is needed of a store; `identity.store.Store` keeps accounts in DynamoDB."""

    def get(self, subject: str) -> Account | None: ...
    def create(self, account: Account) -> None: ...
    def put(self, accounts: Sequence[Account]) -> None: ...


class AppLogin(Protocol):
    """An app's side of signing in (code2Session)."""

    def login(self, code: str, now: datetime) -> str:
        """Return the openid of a login code. Raises Unauthenticated, TooMany, PartyFault."""


class Messenger(Protocol):
    """Takes a one-time code to a phone (`Capability.messenger`)."""

    def say_code(self, phone: str, code: str, key: str, now: datetime, life: int) -> None: ...


@dataclass(frozen=True)
class Keys:
    """Keys derived from the deployment's root: of tokens, of the indexes by phone, of one-time codes."""

    session: bytes
    index: bytes
    verify: bytes


def six_digits() -> str:
    """Draw a one-time code."""
    return f"{secrets.randbelow(10**6):06d}"


class Identity:
    """Who is who. The outside parties are handed in as functions, so that reading a token wakes none of them."""

    def __init__(
        self,
        accounts: AccountStore,
        expiring: Expiring,
        sealer: Sealer,
        keys: Keys,
        app: Callable[[SessionKind], AppLogin],
        messenger: Callable[[], Messenger],
        draw: Callable[[], str] = six_digits,
    ) -> None:
        self._accounts, self._expiring, self._sealer, self._keys = accounts, expiring, sealer, keys
        self._app, self._messenger, self._draw = app, messenger, draw

    # — tokens —

    def session(self, token: str, now: datetime, filing: bool = False) -> Session:
        """Return whose token this is: one read, whether it was ended. Raises Unauthenticated.

        `filing` from a mini-program is spared the read, so that accepting stays one write and nothing else: its token lives on
        one's own telephone, and what it files shows nobody anything.
        """
        found = tokens.opened(token, self._keys.session, now)
        if not (filing and found.session.kind in channels.APPS):
            self._alive(found, now)
        return found.session

    def end(self, token: str, now: datetime) -> None:
        """End a session: its token is dead from now on, whoever has it. Raises Unauthenticated."""
        found = tokens.opened(token, self._keys.session, now)
        self._alive(found, now)
        self._expiring.put(_ended(found), {}, found.ends - clock.epoch(now), now)

    def _alive(self, found: tokens.Opened, now: datetime) -> None:
        if self._expiring.get(_ended(found), now)[0] is not None:
            raise Unauthenticated("已经退出登录，请重新登录", code="session_ended")

    # — mini-programs —

    def app_login(self, app: str, code: str, now: datetime) -> Grant:
        """Sign in with a mini-program's login code. Raises NotFound for no such app, Unauthenticated, TooMany, PartyFault."""
        kind = next((each for each in channels.APPS if each == app), None)
        if kind is None:
            raise NotFound("没有这种登录方式")
        subject = channels.subject(kind, self._app(kind).login(code, now))
        account = self._accounts.get(subject)
        if account is None:
            try:
                self._accounts.create(Account(subject, {"created_at": clock.iso(now)}))
            except Conflict:
                account = self._accounts.get(subject)
        session = Session(subject, kind, phone=self._phone(account) if account else None)
        return tokens.issue(session, self._keys.session, now)

    def owner_of(self, phone: str) -> str | None:
        """Return the mini-program's user who last proved this phone to be theirs, as a subject."""
        back = self._accounts.get(self._back(phone))
        return str(back.data["subject"]) if back else None

    def office_of(self, subject: str, phone: str) -> str:
        """Return the department whose staff has this telephone, or the one this mini-program's user proved; '' for anybody else.

        Known is what the accounts of staff say (`add_staff`).
        """
        account = None if phone or channels.who(subject, "sms") else self._accounts.get(subject)
        phone = phone or channels.who(subject, "sms") or (self._phone(account) if account else "") or ""
        office = self._accounts.get(self._in_hand(phone)) if phone else None
        return str(office.data["department"]) if office else ""

    def _in_hand(self, phone: str) -> str:
        return f"office:{ids.keyed(self._keys.index, 'phone', phone)}"

    def _back(self, phone: str) -> str:
        return f"phone:{ids.keyed(self._keys.index, 'phone', phone)}"

    def _phone(self, account: Account) -> str | None:
        """Return the account's phone, unless somebody else has proved it since: numbers are given to new people."""
        if not account.sealed:
            return None
        phone = str(self._sealer.open(account.sealed, account.subject)["phone"])
        return phone if self.owner_of(phone) == account.subject else None

    def _link(self, session: Session, phone: str, now: datetime) -> Session:
        back = self._back(phone)
        sealed = self._sealer.seal({"phone": phone}, session.subject)
        data = {"phone_hash": back.removeprefix("phone:"), "linked_at": clock.iso(now)}
        self._accounts.put([Account(session.subject, data, sealed), Account(back, {"subject": session.subject})])
        return Session(session.subject, session.kind, phone=phone)

    # — one-time codes —

    def send_code(self, phone: str, now: datetime, source: str = "") -> dict[str, int]:
        """Send a one-time code to a phone. `source` is the network address that asks. Raises TooMany."""
        if source:
            limits.take(self._expiring, f"limit#source#{self._hash('source', source)}", SOURCE_LIMITS, now)
        hashed = self._hash("phone", phone)
        limits.take(self._expiring, f"limit#code#{hashed}", CODE_LIMITS, now)
        code = self._draw()
        kept = {"code": self._code_hash(phone, code), "wrong": 0, "until": clock.epoch(now) + CODE_LIFE}
        self._expiring.put(f"code#{hashed}", kept, CODE_LIFE, now)
        self._messenger().say_code(phone, code, f"code#{hashed}#{clock.iso(now)}", now, CODE_LIFE)
        return {"expires_in": CODE_LIFE, "retry_after": CODE_LIMITS[0][1]}

    def sms_login(self, phone: str, code: str, now: datetime, link: Session | None = None) -> Grant:
        """Sign in with a one-time code; with a mini-program's session at hand, tie the phone to it. Raises Unauthenticated, TooMany."""
        self._spend(phone, code, now)
        if link is not None and link.kind in channels.APPS:
            session = self._link(link, phone, now)
        else:
            session = Session(channels.subject("sms", phone), "sms", phone=phone)
        return tokens.issue(session, self._keys.session, now)

    def _spend(self, phone: str, code: str, now: datetime) -> None:
        """Use a code up, or count a wrong try: either is one conditional write, so that tries at once are not free."""
        key = f"code#{self._hash('phone', phone)}"
        kept, rev = self._expiring.get(key, now)
        if kept is None or kept["wrong"] >= CODE_TRIES:
            raise Unauthenticated("验证码已失效，请重新获取", code="code_expired")
        right = hmac.compare_digest(kept["code"], self._code_hash(phone, code))
        wrong = CODE_TRIES if right else kept["wrong"] + 1
        try:
            self._expiring.put(key, {**kept, "wrong": wrong}, kept["until"] - clock.epoch(now), now, rev)
        except Conflict:
            raise TooMany("操作过于频繁，请稍后再试") from None
        if not right:
            raise Unauthenticated("验证码不正确" if wrong < CODE_TRIES else "验证码已失效，请重新获取", code="bad_code")

    def _hash(self, *parts: str) -> str:
        return ids.keyed(self._keys.index, *parts)

    def _code_hash(self, phone: str, code: str) -> str:
        return ids.keyed(self._keys.verify, "code", phone, code)

    # — kiosks —

    def kiosk_login(self, device: str, key: str, now: datetime) -> Grant:
        """Begin one visit to a kiosk: whoever comes next is another citizen. Raises Unauthenticated."""
        account = self._accounts.get(channels.subject("kiosk", device)) if device else None
        data: dict[str, Any] = account.data if account and account.data["active"] else {}
        if not hmac.compare_digest(data.get("key", ""), self._device_hash(device, key)):
            raise Unauthenticated("自助终端的编号或密钥不正确", code="bad_device")
        subject = channels.subject("kiosk", f"{device}:{secrets.token_hex(8)}")
        session = Session(subject, "kiosk", data["name"], region=data["region"])
        return tokens.issue(session, self._keys.session, now)

    def add_kiosk(self, device: str, key: str, name: str, region: str) -> None:
        """Make or change a kiosk's account (an offline tool's use case). Raises InvalidInput for a key that can be guessed."""
        if len(key) < SHORTEST_KEY:
            message = f"密钥至少{SHORTEST_KEY}位"
            raise InvalidInput(message, [Fault("key", "minLength", message)])
        data = {"key": self._device_hash(device, key), "name": name, "region": region, "active": True}
        self._accounts.put([Account(channels.subject("kiosk", device), data)])

    def _device_hash(self, device: str, key: str) -> str:
        return ids.keyed(self._keys.verify, "kiosk", device, key)

    # — staff —

    def staff_login(self, username: str, password: str, now: datetime) -> Grant:
        """Sign in a clerk. Raises Unauthenticated alike for a wrong name and a wrong password, TooMany while locked."""
        lock = f"lock#staff#{self._hash('staff', username)}"
        self._try(lock, now)
        account = self._accounts.get(channels.subject("staff", username))
        data: dict[str, Any] = account.data if account and account.data["active"] else {}
        if not passwords.right(password, data.get("password")):
            raise Unauthenticated("用户名或密码不正确", code="bad_password")
        self._expiring.delete(lock)
        return tokens.issue(_in_office(username, data), self._keys.session, now)

    def colleague(self, username: str) -> Session | None:
        """Return who has this account, as a session of theirs would say; None for nobody, or one switched off."""
        account = self._accounts.get(channels.subject("staff", username))
        return _in_office(username, account.data) if account and account.data["active"] else None

    def _try(self, lock: str, now: datetime) -> None:
        """Count a try before the password is looked at; a right one takes the count back. Raises TooMany when locked."""

        def count() -> None:
            kept, rev = self._expiring.get(lock, now)
            tries = kept["tries"] if kept else 0
            if kept and tries >= LOCK_TRIES:
                wait = clock.lasting(timedelta(seconds=kept["until"] - clock.epoch(now)))
                raise TooMany(f"密码错误次数过多，账号已锁定，请{wait}后再试", code="locked")
            until = clock.epoch(now) + LOCK_LIFE
            self._expiring.put(lock, {"tries": tries + 1, "until": until}, LOCK_LIFE, now, rev)

        retried(count, TooMany("操作过于频繁，请稍后再试"))

    def add_staff(
        self,
        username: str,
        password: str,
        name: str,
        roles: Sequence[str],
        department: str,
        region: str,
        phone: str = "",
    ) -> None:
        """Make or change a clerk's account (an offline tool's use case). Raises InvalidInput for a short password.

        By the `phone` a clerk is known where staff may not act as citizens: it is kept as a hash.
        """
        if len(password) < passwords.SHORTEST:
            message = f"密码至少{passwords.SHORTEST}位"
            raise InvalidInput(message, [Fault("password", "minLength", message)])
        facts = {"name": name, "roles": list(roles), "department": department, "region": region}
        subject, secret = channels.subject("staff", username), passwords.sealed(password)
        office = [Account(self._in_hand(phone), {"subject": subject, "department": department})] if phone else []
        self._accounts.put([Account(subject, {**facts, "password": secret, "active": True}), *office])


def _ended(found: tokens.Opened) -> str:
    return f"ended#{found.number}"


def _in_office(username: str, data: dict[str, Any]) -> Session:
    return Session(
        subject=channels.subject("staff", username),
        kind="staff",
        name=data["name"],
        roles=tuple(data["roles"]),
        department=data["department"],
        region=data["region"],
    )
