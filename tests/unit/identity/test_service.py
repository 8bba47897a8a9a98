"""Who gets in, who does not, and how often one may try."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.identity import passwords
from chalicelib.identity.model import Account, Session
from chalicelib.identity.service import six_digits
from chalicelib.kernel.errors import InvalidInput, NotFound, TooMany, Unauthenticated
from tests.unit.identity.fakes import World
from tests.unit.notices.fakes import PHONE
from tests.unit.samples import NOW

OTHER = "13900005678"


@pytest.fixture
def world() -> World:
    return World()


def test_wechat(world: World) -> None:
    grant = world.identity.app_login("wechat", "o1@1", NOW)
    assert world.identity.session(grant.token, NOW) == Session("wx:o1", "wechat")
    with pytest.raises(Unauthenticated):
        world.identity.app_login("wechat", "o1@1", NOW)
    assert world.identity.app_login("wechat", "o1@2", NOW).session == grant.session


@pytest.mark.parametrize("app", ["sms", "staff", "nobody", ""])
def test_who_is_no_app_signs_nobody_in(world: World, app: str) -> None:
    with pytest.raises(NotFound):
        world.identity.app_login(app, "o1@1", NOW)


def link(world: World, openid: str, phone: str, now: datetime) -> Session:
    session = world.identity.app_login("wechat", f"{openid}@{now}", now).session
    world.identity.send_code(phone, now)
    return world.identity.sms_login(phone, world.messenger.said[-1][1], now, session).session


def test_a_phone_is_tied_to_the_wechat_user_who_proves_it(world: World) -> None:
    assert world.identity.owner_of(PHONE) is None
    assert link(world, "o1", PHONE, NOW) == Session("wx:o1", "wechat", phone=PHONE)
    assert world.identity.owner_of(PHONE) == "wx:o1"
    assert world.identity.app_login("wechat", "o1@later", NOW).session.phone == PHONE
    assert PHONE not in repr(world.accounts.kept)


def test_a_number_given_to_somebody_else_leaves_its_old_owner(world: World) -> None:
    link(world, "o1", PHONE, NOW)
    link(world, "o2", PHONE, NOW + timedelta(days=400))
    assert world.identity.owner_of(PHONE) == "wx:o2"
    assert world.identity.app_login("wechat", "o1@x", NOW).session.phone is None
    assert world.identity.app_login("wechat", "o2@x", NOW).session.phone == PHONE


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
    assert "246810" not in repr(world.expiring.kept)
    assert PHONE not in repr(world.expiring.kept)


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
    key = next(key for key in world.expiring.kept if key.startswith("code#"))
    put = world.expiring.put

    def slow_put(name: str, data: dict[str, Any], ttl: int, now: datetime, rev: int | None = None) -> None:
        if name == key:
            world.expiring.kept[key] = (
                world.expiring.kept[key][0],
                world.expiring.kept[key][1] + 1,
                world.expiring.kept[key][2],
            )
        put(name, data, ttl, now, rev)

    monkeypatch.setattr(world.expiring, "put", slow_put)
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
    assert "203.0.113.7" not in repr(world.expiring.kept)


def test_six_digits() -> None:
    assert all(len(six_digits()) == 6 and six_digits().isdecimal() for _ in range(50))


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

    def test_a_colleague_is_known_by_user_name_while_in_office(self, world: World) -> None:
        self.hire(world)
        assert world.identity.colleague("li.na") == world.identity.staff_login("li.na", "Chengdu-2026", NOW).session
        assert world.identity.colleague("nobody") is None
        account = world.accounts.kept["staff:li.na"]
        world.accounts.put([Account(account.subject, {**account.data, "active": False})])
        assert world.identity.colleague("li.na") is None

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
