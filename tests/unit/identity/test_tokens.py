"""What a session token is, and what is none."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.identity import tokens
from chalicelib.identity.model import Session
from chalicelib.kernel.errors import Unauthenticated
from chalicelib.vocabulary.channels import SESSION_KINDS
from tests.unit.identity.fakes import KEY, World
from tests.unit.notices.fakes import PHONE
from tests.unit.samples import NOW


def test_every_kind_of_session_has_its_audience() -> None:
    assert set(tokens.AUDIENCE) == set(SESSION_KINDS)


def test_a_token_is_read_as_it_was_issued() -> None:
    staff = Session("staff:li", "staff", "李娜", ("clerk", "approver"), "zwzx", "510100")
    for session in (staff, Session(f"tel:{PHONE}", "sms", phone=PHONE), Session("wx:o1", "wechat")):
        assert tokens.read(tokens.issue(session, KEY, NOW).token, KEY, NOW) == session


@pytest.mark.parametrize(
    ("kind", "life"),
    [
        ("wechat", timedelta(days=7)),
        ("sms", timedelta(days=7)),
        ("staff", timedelta(hours=8)),
        ("kiosk", timedelta(minutes=30)),
    ],
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
    claims |= {"jti": "1", **changes}
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
        ("no number", forged(jti=None)),
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


def test_a_token_holds_no_key_of_wechat() -> None:
    token = World().identity.app_login("wechat", "o1@1", NOW).token
    claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    assert set(claims) == {"iss", "aud", "sub", "iat", "exp", "jti", "kind"}


def test_no_two_tokens_have_one_number() -> None:
    first, second = (tokens.issue(Session("wx:o1", "wechat"), KEY, NOW).token for _ in range(2))
    assert tokens.opened(first, KEY, NOW).number != tokens.opened(second, KEY, NOW).number


def test_the_forged_ones_are_refused_for_what_is_forged() -> None:
    assert tokens.read(forged(), KEY, NOW) == Session("wx:o", "wechat")
