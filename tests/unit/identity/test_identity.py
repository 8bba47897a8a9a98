"""Who gets in, who does not, and how often one may try."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.identity import limits, passwords, tokens
from chalicelib.identity.model import Account, Session
from chalicelib.identity.service import Identity, Keys, six_digits
from chalicelib.kernel.errors import Conflict, InvalidInput, TooMany, Unauthenticated
from chalicelib.kernel.seal import Sealer
from tests.unit.memory import LocalKeys
from tests.unit.notices.fakes import PHONE, MemorySessions
from tests.unit.samples import NOW

KEY = b"k" * 32
OTHER = "13900005678"


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
        self.accounts, self.sessions, self.messenger, wechat = Accounts(), MemorySessions(), Messenger(), WeChat()
        self.drawn = 0
        self.identity = Identity(
            self.accounts,
            self.sessions,
            Sealer(LocalKeys(), "key"),
            Keys(KEY, b"index", b"verify"),
            lambda: wechat,
            lambda: self.messenger,
            self.draw,
        )

    def draw(self) -> str:
        self.drawn += 1
        return f"{self.drawn:06d}"


@pytest.fixture
def world() -> World:
    return World()


# — tokens —


def test_a_token_is_read_as_it_was_issued() -> None:
    staff = Session("staff:li", "staff", "李娜", ("clerk", "approver"), "zwzx", "510100")
    for session in (staff, Session(f"tel:{PHONE}", "sms", phone=PHONE), Session("wx:o1", "wechat")):
        assert tokens.read(tokens.issue(session, KEY, NOW).token, KEY, NOW) == session


@pytest.mark.parametrize(
    ("kind", "life"), [("wechat", timedelta(days=7)), ("sms", timedelta(days=7)), ("staff", timedelta(hours=8))]
)
def test_tokens_end(kind: Any, life: timedelta) -> None:
    grant = tokens.issue(Session("s", kind), KEY, NOW)
    assert grant.expires_at == NOW + life
    tokens.read(grant.token, KEY, NOW + life - timedelta(seconds=1))
    with pytest.raises(Unauthenticated) as error:
        tokens.read(grant.token, KEY, NOW + life)
    assert error.value.code == "session_expired"


def forged(key: Any = KEY, algorithm: str = "HS256", **changes: Any) -> str:
    now = int(NOW.timestamp())
    claims = {"iss": "rongyiban", "aud": "citizen", "sub": "wx:o", "iat": now, "exp": now + 60, "kind": "wechat"}
    claims |= changes
    return jwt.encode({name: value for name, value in claims.items() if value is not None}, key, algorithm=algorithm)


@pytest.mark.parametrize(
    ("label", "token"),
    [
        ("nothing", ""),
        ("words", "let me in"),
        ("another key", forged(b"x" * 32)),
        ("no signature", forged(None, "none")),
        ("another hash", forged(algorithm="HS512")),
        ("another issuer", forged(iss="other")),
        ("another audience", forged(aud="world")),
        ("a citizen as staff", forged(kind="staff")),
        ("a kind nobody knows", forged(kind="king")),
        ("no kind", forged(kind=None)),
        ("no end", forged(exp=None)),
        ("no beginning", forged(iat=None)),
        ("no subject", forged(sub=None)),
        ("from the future", forged(iat=int(NOW.timestamp()) + 3600)),
        ("too long", forged(name="x" * 5000)),
    ],
)
def test_tokens_that_are_none(label: str, token: str) -> None:
    with pytest.raises(Unauthenticated):
        tokens.read(token, KEY, NOW)


@given(st.text(max_size=80), st.integers(0, 200))
def test_no_text_breaks_the_reader(noise: str, at: int) -> None:
    token = tokens.issue(Session("wx:o1", "wechat"), KEY, NOW).token
    for bad in (noise, token[:at] + noise + token[at:]):
        if bad != token:
            with pytest.raises(Unauthenticated):
                tokens.read(bad, KEY, NOW)


def test_a_client_is_shown_its_own_name_and_nothing_else_in_clear() -> None:
    session = Session("staff:li", "staff", "李小娜", ("clerk",), "zwzx", "510100", PHONE)
    assert session.shown() == {
        "kind": "staff",
        "name": "李小娜",
        "phone": "138****1234",
        "roles": ["clerk"],
        "department": "zwzx",
        "region": "510100",
    }
    assert Session("wx:o", "wechat").shown() == {"kind": "wechat"}


# — WeChat and the phone tied to it —


def test_wechat(world: World) -> None:
    grant = world.identity.wechat_login("o1@1", NOW)
    assert world.identity.session(grant.token, NOW) == Session("wx:o1", "wechat")
    with pytest.raises(Unauthenticated):
        world.identity.wechat_login("o1@1", NOW)
    assert world.identity.wechat_login("o1@2", NOW).session == grant.session


def link(world: World, openid: str, phone: str, now: datetime) -> Session:
    session = world.identity.wechat_login(f"{openid}@{now}", now).session
    world.identity.send_code(phone, now)
    return world.identity.sms_login(phone, world.messenger.said[-1][1], now, session).session


def test_a_phone_is_tied_to_the_wechat_user_who_proves_it(world: World) -> None:
    assert world.identity.openid_of(PHONE) is None
    assert link(world, "o1", PHONE, NOW) == Session("wx:o1", "wechat", phone=PHONE)
    assert world.identity.openid_of(PHONE) == "o1"
    assert world.identity.wechat_login("o1@later", NOW).session.phone == PHONE
    assert PHONE not in repr(world.accounts.kept)


def test_a_number_given_to_somebody_else_leaves_its_old_owner(world: World) -> None:
    link(world, "o1", PHONE, NOW)
    link(world, "o2", PHONE, NOW + timedelta(days=400))
    assert world.identity.openid_of(PHONE) == "o2"
    assert world.identity.wechat_login("o1@x", NOW).session.phone is None
    assert world.identity.wechat_login("o2@x", NOW).session.phone == PHONE


# — one-time codes —


def test_a_code_signs_in_once(world: World) -> None:
    assert world.identity.send_code(PHONE, NOW) == {"expires_in": 300, "retry_after": 60}
    ((phone, code, key, life),) = world.messenger.said
    assert (phone, code, life) == (PHONE, "000001", 300)
    assert PHONE not in key
    session = world.identity.sms_login(PHONE, code, NOW).session
    assert session == Session(f"tel:{PHONE}", "sms", phone=PHONE)
    with pytest.raises(Unauthenticated):
        world.identity.sms_login(PHONE, code, NOW)


def test_a_code_is_not_kept_in_clear(world: World) -> None:
    world.drawn = 246809
    world.identity.send_code(PHONE, NOW)
    assert "246810" not in repr(world.sessions.kept)
    assert PHONE not in repr(world.sessions.kept)


@pytest.mark.parametrize(
    ("label", "phone", "code", "seconds"),
    [("wrong", PHONE, "000002", 0), ("late", PHONE, "000001", 300), ("another phone", OTHER, "000001", 0)],
)
def test_codes_that_do_not_sign_in(world: World, label: str, phone: str, code: str, seconds: int) -> None:
    world.identity.send_code(PHONE, NOW)
    with pytest.raises(Unauthenticated):
        world.identity.sms_login(phone, code, NOW + timedelta(seconds=seconds))


def test_five_wrong_tries_kill_a_code(world: World) -> None:
    world.identity.send_code(PHONE, NOW)
    for _ in range(5):
        with pytest.raises(Unauthenticated):
            world.identity.sms_login(PHONE, "999999", NOW)
    with pytest.raises(Unauthenticated):
        world.identity.sms_login(PHONE, "000001", NOW)


def test_wrong_tries_do_not_lengthen_a_code(world: World) -> None:
    world.identity.send_code(PHONE, NOW)
    with pytest.raises(Unauthenticated):
        world.identity.sms_login(PHONE, "999999", NOW + timedelta(seconds=299))
    with pytest.raises(Unauthenticated):
        world.identity.sms_login(PHONE, "000001", NOW + timedelta(seconds=301))


def test_a_new_code_voids_the_old(world: World) -> None:
    world.identity.send_code(PHONE, NOW)
    world.identity.send_code(PHONE, NOW + timedelta(seconds=60))
    with pytest.raises(Unauthenticated):
        world.identity.sms_login(PHONE, "000001", NOW + timedelta(seconds=61))
    world.identity.sms_login(PHONE, "000002", NOW + timedelta(seconds=62))


def test_tries_at_once_are_not_free(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of tries that read the same state only one is answered; the others learn nothing."""
    world.identity.send_code(PHONE, NOW)
    key = next(key for key in world.sessions.kept if key.startswith("code#"))
    put = world.sessions.put

    def slow_put(name: str, data: dict[str, Any], ttl: int, now: datetime, rev: int | None = None) -> None:
        if name == key:
            world.sessions.kept[key] = (
                world.sessions.kept[key][0],
                world.sessions.kept[key][1] + 1,
                world.sessions.kept[key][2],
            )
        put(name, data, ttl, now, rev)

    monkeypatch.setattr(world.sessions, "put", slow_put)
    for code in ("000001", "999999"):
        with pytest.raises(TooMany):
            world.identity.sms_login(PHONE, code, NOW)


@pytest.mark.parametrize(
    ("label", "seconds", "sent"),
    [
        ("one a minute", [0, 59, 60, 61], [True, False, True, False]),
        ("five an hour", [0, 60, 120, 180, 240, 300, 3599, 3600], [True] * 5 + [False, False, True]),
        ("ten a day", [n * 3600 for n in range(12)], [True] * 10 + [False] * 2),
        ("the next day", [n * 3600 for n in range(10)] + [86399, 86400], [True] * 10 + [False, True]),
    ],
)
def test_limits_of_codes(world: World, label: str, seconds: list[int], sent: list[bool]) -> None:
    got = []
    for second in seconds:
        try:
            world.identity.send_code(PHONE, NOW + timedelta(seconds=second))
            got.append(True)
        except TooMany:
            got.append(False)
    assert got == sent
    assert len(world.messenger.said) == sum(sent)


def test_limit_of_one_address(world: World) -> None:
    for number in range(20):
        world.identity.send_code(f"138000{number:05d}", NOW, "203.0.113.7")
    with pytest.raises(TooMany) as error:
        world.identity.send_code("13900000000", NOW, "203.0.113.7")
    assert "1小时" in error.value.detail or "60分钟" in error.value.detail
    world.identity.send_code("13900000000", NOW, "203.0.113.8")
    assert "203.0.113.7" not in repr(world.sessions.kept)


@given(st.lists(st.integers(0, 4000), max_size=30))
def test_no_window_ever_holds_more_than_its_limit(gaps: list[int]) -> None:
    sessions, now, taken = MemorySessions(), NOW, []
    for gap in gaps:
        now += timedelta(seconds=gap)
        try:
            limits.take(sessions, "k", ((1, 60), (5, 3600)), now)
            taken.append(now)
        except TooMany:
            continue
    for most, span in ((1, 60), (5, 3600)):
        for begin in taken:
            assert sum(begin <= at < begin + timedelta(seconds=span) for at in taken) <= most


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "1秒"), (40, "40秒"), (61, "2分钟"), (3600, "60分钟"), (3601, "2小时")]
)
def test_words(seconds: int, words: str) -> None:
    assert limits.words(seconds) == words


def test_six_digits() -> None:
    assert all(len(six_digits()) == 6 and six_digits().isdecimal() for _ in range(50))


# — staff —


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords that cost little, so that the tests do too."""
    monkeypatch.setattr(passwords, "COST", (4, 1, 1))
    passwords._nobody.cache_clear()


@pytest.mark.usefixtures("cheap")
class TestStaff:
    """Clerks."""

    def hire(self, world: World, *roles: str) -> None:
        world.identity.add_staff("li.na", "Chengdu-2026", "李娜", roles or ("clerk",), "zwzx", "510100")

    def test_sign_in(self, world: World) -> None:
        self.hire(world)
        session = world.identity.staff_login("li.na", "Chengdu-2026", NOW).session
        assert session == Session("staff:li.na", "staff", "李娜", ("clerk",), "zwzx", "510100")
        assert "Chengdu-2026" not in repr(world.accounts.kept)

    def test_a_kiosk_is_no_person(self, world: World) -> None:
        self.hire(world, "kiosk")
        session = world.identity.staff_login("li.na", "Chengdu-2026", NOW).session
        assert (session.subject, session.kind) == ("kiosk:li.na", "kiosk")

    @pytest.mark.parametrize(
        ("name", "password"), [("li.na", "chengdu-2026"), ("nobody", "Chengdu-2026"), ("", ""), ("李", "密码")]
    )
    def test_wrong(self, world: World, name: str, password: str) -> None:
        self.hire(world)
        with pytest.raises(Unauthenticated) as error:
            world.identity.staff_login(name, password, NOW)
        assert error.value.detail == "用户名或密码不正确"

    def test_one_who_left(self, world: World) -> None:
        self.hire(world)
        account = world.accounts.kept["staff:li.na"]
        world.accounts.put([Account(account.subject, {**account.data, "active": False})])
        with pytest.raises(Unauthenticated):
            world.identity.staff_login("li.na", "Chengdu-2026", NOW)

    @pytest.mark.parametrize("name", ["li.na", "nobody"])
    def test_five_wrong_lock_for_a_quarter_of_an_hour(self, world: World, name: str) -> None:
        self.hire(world)
        for _ in range(5):
            with pytest.raises(Unauthenticated):
                world.identity.staff_login(name, "wrong", NOW)
        with pytest.raises(TooMany) as error:
            world.identity.staff_login(name, "Chengdu-2026", NOW + timedelta(seconds=899))
        assert error.value.code == "locked"
        assert "锁定" in error.value.detail
        if name == "li.na":
            world.identity.staff_login(name, "Chengdu-2026", NOW + timedelta(seconds=900))

    def test_a_right_one_takes_the_count_back(self, world: World) -> None:
        self.hire(world)
        for _ in range(3):
            for _ in range(4):
                with pytest.raises(Unauthenticated):
                    world.identity.staff_login("li.na", "wrong", NOW)
            world.identity.staff_login("li.na", "Chengdu-2026", NOW)

    def test_a_short_password_is_refused(self, world: World) -> None:
        with pytest.raises(InvalidInput):
            world.identity.add_staff("x", "1234567", "x", ("clerk",), "d", "r")


def test_passwords_cost_the_same_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    costs: list[tuple[int, int, int]] = []
    derive = passwords._derive

    def counted(word: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
        costs.append(cost)
        return derive(word, salt, cost)

    monkeypatch.setattr(passwords, "_derive", counted)
    kept = passwords.sealed("Chengdu-2026")
    assert passwords.right("Chengdu-2026", kept)
    assert not passwords.right("chengdu-2026", kept)
    assert not passwords.right("Chengdu-2026", None)
    assert costs == [passwords.COST] * 4
    assert kept != passwords.sealed("Chengdu-2026")  # salted


def test_a_token_holds_no_key_of_wechat(world: World) -> None:
    token = world.identity.wechat_login("o1@1", NOW).token
    claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    assert set(claims) == {"iss", "aud", "sub", "iat", "exp", "kind"}
