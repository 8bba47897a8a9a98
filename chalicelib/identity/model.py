"""Who is who: a session says it, an account keeps it, limits guard the door."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chalicelib.kernel import mask
from chalicelib.vocabulary.channels import SIGN_INS, SessionKind
from chalicelib.vocabulary.periods import ONE_TIME_CODE, PASSWORD_LOCK

CODE_LIFE = int(ONE_TIME_CODE.total_seconds())
CODE_TRIES = 5
CODE_LIMITS = ((1, 60), (5, 3600), (10, 24 * 3600))
"""One-time codes per phone: (how many, in how many seconds). The carriers allow no more ."""
SOURCE_LIMITS = ((20, 3600),)
"""One-time codes per network address."""
LOCK_TRIES, LOCK_LIFE = 5, int(PASSWORD_LOCK.total_seconds())
"""Wrong staff passwords until the account is locked, and seconds for which it is."""


SHORTEST_KEY = 14
"""Characters of a kiosk's key: drawn by a machine, too long to be guessed, so that no wrong try has to lock a kiosk."""


@dataclass(frozen=True)
class Session:
    """Who is calling, as a token proves it.

    `subject` is `wx:<openid>`, `tel:<mobile>`, `staff:<username>` or `kiosk:<device>:<visit>`: what `Intake.sender`
    is. `phone` is the
    mobile number this person has proved to be theirs. `department` and `region` are codes; citizens have none.
    """

    subject: str
    kind: SessionKind
    name: str = ""
    roles: tuple[str, ...] = ()
    department: str = ""
    region: str = ""
    phone: str | None = None

    @property
    def staff(self) -> bool:
        """Tell whether this is a person in office."""
        return self.kind == "staff"

    def shown(self) -> dict[str, Any]:
        """Return what a client may display about itself, personal data masked."""
        office = SIGN_INS[self.kind].office
        name = self.name if office else mask.name(self.name)
        facts: dict[str, Any] = {"kind": self.kind, "name": name, "phone": mask.phone(self.phone or "")}
        if office:
            facts |= {"roles": list(self.roles), "department": self.department, "region": self.region}
        return {key: value for key, value in facts.items() if value}


@dataclass(frozen=True)
class Grant:
    """A session just opened: the token, when it ends, and whose it is."""

    token: str
    expires_at: datetime
    session: Session


@dataclass(frozen=True)
class Account:
    """One row of the accounts table. `data` holds open facts, `sealed` personal ones.

    wx:<openid>        data {"phone_hash"?}, sealed {"phone"}     a mini-program's user, perhaps with a proved phone
    phone:<hash>       data {"subject": "wx:<openid>"}            the way back: who proved it last
    staff:<username>   data {"password", "name", "roles", "department", "region", "active"}
    office:<hash>      data {"subject": "staff:…", "department"}  whose telephone of staff it is
    kiosk:<device>     data {"key", "name", "region", "active"}
    """

    subject: str
    data: dict[str, Any] = field(default_factory=dict)
    sealed: bytes = b""
