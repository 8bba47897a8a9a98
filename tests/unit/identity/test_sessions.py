"""Visits to kiosks, and the end of a session."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chalicelib.kernel.errors import InvalidInput, Unauthenticated
from tests.unit.identity.fakes import World
from tests.unit.notices.fakes import PHONE
from tests.unit.samples import NOW


@pytest.fixture
def world() -> World:
    return World()


class TestKiosks:
    """Machines for everybody: one visit each."""

    KEY = "hall-one-lobby-key"

    @pytest.fixture
    def world(self) -> World:
        world = World()
        world.identity.add_kiosk("k1", self.KEY, "自助终端一号", "510100")
        return world

    def test_a_session_is_one_visit(self, world: World) -> None:
        first, second = (world.identity.kiosk_login("k1", self.KEY, NOW).session for _ in range(2))
        assert first.subject.startswith("kiosk:k1:") and first.subject != second.subject
        assert (first.kind, first.phone, first.roles, first.region) == ("kiosk", None, (), "510100")
        assert first.shown() == {"kind": "kiosk", "name": "自助终端一号", "region": "510100"}
        assert self.KEY not in repr(world.accounts.kept)

    @pytest.mark.parametrize(("device", "key"), [("k1", "hall-one-lobby-kez"), ("k2", KEY), ("", ""), ("机", "钥匙")])
    def test_wrong(self, world: World, device: str, key: str) -> None:
        with pytest.raises(Unauthenticated) as refused:
            world.identity.kiosk_login(device, key, NOW)
        assert refused.value.code == "bad_device"

    def test_a_kiosk_is_no_person_and_a_person_no_kiosk(self, world: World) -> None:
        world.identity.add_staff("li.na", "Chengdu-2026", "李娜", ("clerk",), "zwzx", "510100")
        with pytest.raises(Unauthenticated):
            world.identity.kiosk_login("li.na", "Chengdu-2026", NOW)
        with pytest.raises(Unauthenticated):
            world.identity.staff_login("k1", self.KEY, NOW)

    def test_a_short_key_is_refused(self, world: World) -> None:
        with pytest.raises(InvalidInput):
            world.identity.add_kiosk("k2", "short", "二号", "510100")


class TestEnding:
    """Signing out: the token is dead until its end, and forgotten then."""

    def test_a_dead_token_is_refused_and_no_other(self, world: World) -> None:
        first, second = (world.identity.app_login("wechat", f"o1@{n}", NOW).token for n in range(2))
        world.identity.end(first, NOW)
        for now in (NOW, NOW + timedelta(days=6)):
            with pytest.raises(Unauthenticated) as refused:
                world.identity.session(first, now)
            assert refused.value.code == "session_ended"
        assert world.identity.session(second, NOW).subject == "wx:o1"
        with pytest.raises(Unauthenticated):
            world.identity.end(first, NOW)

    def test_it_is_dead_however_it_is_written(self, world: World) -> None:
        token = world.identity.app_login("wechat", "o1@1", NOW).token
        world.identity.end(token, NOW)
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        for last in letters:  # the last letter of a signature holds two bits that say nothing
            with pytest.raises(Unauthenticated):
                world.identity.session(token[:-1] + last, NOW)

    def test_who_files_from_a_mini_program_is_spared_the_look_and_nobody_else(self, world: World) -> None:
        world.identity.send_code(PHONE, NOW)
        app, sms = world.identity.app_login("wechat", "o1@1", NOW), world.identity.sms_login(PHONE, "000001", NOW)
        for grant in (app, sms):
            world.identity.end(grant.token, NOW)
        assert world.identity.session(app.token, NOW, filing=True) == app.session
        for token, filing in ((app.token, False), (sms.token, True)):
            with pytest.raises(Unauthenticated):
                world.identity.session(token, NOW, filing=filing)


def test_a_clerks_telephone_is_known_by_its_department_and_kept_as_a_hash(world: World) -> None:
    world.identity.add_staff("li.na", "Chengdu-2026", "李娜", ("clerk",), "zwzx", "510100", PHONE)
    world.identity.send_code(PHONE, NOW)
    app = world.identity.app_login("wechat", "o1@1", NOW).session
    world.identity.sms_login(PHONE, world.messenger.said[-1][1], NOW, app)
    assert world.identity.office_of(f"tel:{PHONE}", "") == "zwzx"
    assert world.identity.office_of("wx:o1", "") == world.identity.office_of("wx:other", PHONE) == "zwzx"
    assert world.identity.office_of("wx:other", "") == world.identity.office_of("tel:13900005678", "") == ""
    assert PHONE not in repr(world.accounts.kept)
