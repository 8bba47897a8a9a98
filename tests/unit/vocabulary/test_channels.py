"""Who somebody is by the way she signed in."""

from __future__ import annotations

import pytest

from chalicelib.vocabulary import channels
from chalicelib.vocabulary.channels import SIGN_INS, SessionKind


@pytest.mark.parametrize("kind", SIGN_INS)
def test_a_subject_is_read_back_by_its_own_kind_only(kind: SessionKind) -> None:
    subject = channels.subject(kind, "a:b")
    assert {other: channels.who(subject, other) for other in SIGN_INS if channels.who(subject, other)} == {kind: "a:b"}


def test_every_way_to_sign_in_sends_forms_through_one_channel() -> None:
    assert set(channels.OF_SESSION) == set(SIGN_INS)
    assert {"web", "miniprogram"} == channels.ONLINE
