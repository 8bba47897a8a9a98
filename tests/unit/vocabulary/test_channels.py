"""Who somebody is by the way she signed in."""

from __future__ import annotations

import pytest

from chalicelib.vocabulary import channels
from chalicelib.vocabulary.channels import CHANNELS, SIGN_INS, Channel, SessionKind


@pytest.mark.parametrize("kind", SIGN_INS)
def test_a_subject_is_read_back_by_its_own_kind_only(kind: SessionKind) -> None:
    subject = channels.subject(kind, "a:b")
    assert {other: channels.who(subject, other) for other in SIGN_INS if channels.who(subject, other)} == {kind: "a:b"}


def test_every_way_to_sign_in_sends_forms_through_one_channel() -> None:
    assert set(channels.OF_SESSION) == set(SIGN_INS)
    assert {channels.OF_SESSION[kind] for kind in ("sms", *channels.APPS)} == channels.ONLINE


def test_what_is_like_a_channel_is_open_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CHANNELS, "toy", Channel("玩具", "1", "2", like="web"))
    assert channels.opened(["kiosk", "web"]) == ("kiosk", "web", "toy")
    assert channels.opened(channels.opened(["web"])) == ("web", "toy")
    assert channels.opened(["window"]) == ("window",)
