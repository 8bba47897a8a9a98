"""Session tokens: JWT (RFC 7519), HS256, signed with a key of this deployment. The moment is handed in, not taken from the clock."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from chalicelib.identity.model import Grant, Session
from chalicelib.kernel import clock
from chalicelib.kernel.errors import Unauthenticated
from chalicelib.vocabulary.channels import SIGN_INS

ISSUER = "rongyiban"
AUDIENCE = {kind: "office" if row.office else "citizen" for kind, row in SIGN_INS.items()}
SKEW = 60  # seconds another container's clock may be ahead
LONGEST = 4096  # characters


@dataclass(frozen=True)
class Opened:
    """A token that was checked: whose it is, its number, and when it ends (epoch seconds)."""

    session: Session
    number: str
    ends: int


@cache
def _jws() -> Any:
    from jwt import PyJWS

    return PyJWS(algorithms=["HS256"])


@cache
def _signing(key: bytes) -> Any:
    """Prepare the key once: PyJWT would otherwise ask of every token whether the key is a certificate in disguise."""
    from jwt import PyJWK

    text = base64.urlsafe_b64encode(key).rstrip(b"=").decode()
    return PyJWK.from_dict({"kty": "oct", "k": text, "alg": "HS256"})


def issue(session: Session, key: bytes, now: datetime) -> Grant:
    """Sign a token for a session."""
    import jwt

    issued, life = clock.epoch(now), SIGN_INS[session.kind].life
    claims: dict[str, Any] = {
        "iss": ISSUER,
        "aud": AUDIENCE[session.kind],
        "sub": session.subject,
        "iat": issued,
        "exp": issued + int(life.total_seconds()),
        "jti": secrets.token_hex(8),
        "kind": session.kind,
        "name": session.name,
        "roles": list(session.roles),
        "department": session.department,
        "region": session.region,
        "phone": session.phone,
    }
    token = jwt.encode({name: value for name, value in claims.items() if value}, key, algorithm="HS256")
    return Grant(token, now.replace(microsecond=0) + life, session)


def read(token: str, key: bytes, now: datetime) -> Session:
    """Check a token and return its session. Raises Unauthenticated for any other token than one of ours in its time."""
    return opened(token, key, now).session


def opened(token: str, key: bytes, now: datetime) -> Opened:
    """Check a token and return all it says. Raises Unauthenticated."""
    import jwt

    try:
        if len(token) > LONGEST:
            raise ValueError("too long")
        claims = json.loads(_jws().decode(token, _signing(key), algorithms=["HS256"]))
        moment, issued, ends = clock.epoch(now), int(claims["iat"]), int(claims["exp"])
        kind = claims["kind"]
        if (claims["iss"], claims["aud"]) != (ISSUER, AUDIENCE[kind]) or issued > moment + SKEW:
            raise ValueError("not a session")
        subject, number = str(claims["sub"]), str(claims["jti"])
    except (jwt.PyJWTError, KeyError, TypeError, ValueError):
        raise Unauthenticated("登录无效，请重新登录", code="bad_session") from None
    if ends <= moment:
        raise Unauthenticated("登录已过期，请重新登录", code="session_expired")
    session = Session(
        subject=subject,
        kind=kind,
        name=claims.get("name", ""),
        roles=tuple(claims.get("roles", ())),
        department=claims.get("department", ""),
        region=claims.get("region", ""),
        phone=claims.get("phone"),
    )
    return Opened(session, number, ends)
