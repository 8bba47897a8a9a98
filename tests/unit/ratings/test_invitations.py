"""Who was asked to rate what, and for how long that is remembered."""

from __future__ import annotations

from datetime import timedelta

from chalicelib.kernel import clock
from chalicelib.ratings.invitations import INVITED, Invitations
from chalicelib.vocabulary.periods import RATING_WINDOW
from tests.unit.memory import MemoryExpiring
from tests.unit.samples import NOW

WHO = "tel:13800001234"


def made() -> tuple[Invitations, MemoryExpiring]:
    kept = MemoryExpiring()
    return Invitations(kept, b"index"), kept


def test_the_latest_invitation_is_meant_until_it_is_settled() -> None:
    invitations, kept = made()
    assert invitations.latest(WHO, NOW) == ""
    for minute, case_no in enumerate(("1", "2", "1")):  # repeating makes it the latest
        invitations.invite(WHO, case_no, NOW + timedelta(minutes=minute))
    assert invitations.latest(WHO, NOW) == "1" and invitations.latest("tel:13900005678", NOW) == ""
    invitations.settle(WHO, "1", NOW)
    assert invitations.latest(WHO, NOW) == "2"
    invitations.settle(WHO, "2", NOW)
    invitations.settle(WHO, "2", NOW)
    assert invitations.latest(WHO, NOW) == "" and WHO not in repr(kept.kept)


def test_what_was_shown_later_than_the_invitation_comes_first() -> None:
    invitations, _ = made()
    invitations.invite(WHO, "1", NOW)
    assert invitations.latest(WHO, NOW, clock.iso(NOW - timedelta(seconds=1))) == "1"
    assert invitations.latest(WHO, NOW, clock.iso(NOW)) == ""


def test_it_lives_as_long_as_the_link_and_only_the_last_few_are_kept() -> None:
    invitations, kept = made()
    for number in range(INVITED + 2):
        invitations.invite(WHO, str(number), NOW)
    ((data, _),) = [kept.get(key, NOW) for key in kept.kept]
    assert data and [each["case_no"] for each in data["cases"]] == ["2", "3", "4", "5", "6"]
    assert invitations.latest(WHO, NOW + RATING_WINDOW - timedelta(seconds=1)) == "6"
    assert invitations.latest(WHO, NOW + RATING_WINDOW) == ""


def test_two_invitations_at_once_are_both_kept() -> None:
    invitations, kept = made()
    kept.before_put = lambda: invitations.invite(WHO, "2", NOW)
    invitations.invite(WHO, "1", NOW)
    invitations.settle(WHO, "1", NOW)
    assert invitations.latest(WHO, NOW) == "2"
