"""Ways in (渠道): how a submission came.

`apply_code` is 申报来源 of the provincial 办件 standard (docs/domain.md §1.5 状态与结果码: 0 窗口, 1 网上, 8 其他), `rating_code`
the `pf` of the rating exchange (docs/domain.md §2.2 评价渠道: 1 PC端, 2 移动端, 3 二维码, 4 政务大厅平板电脑,
5 政务大厅其他电子设备, 6 电话, 7 短信).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from chalicelib.vocabulary.periods import CITIZEN_SESSION, KIOSK_VISIT, STAFF_SESSION

SessionKind = Literal["wechat", "sms", "staff", "kiosk"]
"""How somebody signed in; each kind sends whole forms through one channel."""


@dataclass(frozen=True)
class SignIn:
    """One way to sign in. `prefix` begins the subjects of its sessions (`wx:<openid>`), `life` is how long one lasts.

    `app`: a mini-program whose own login proves its user; the party that plays the role `login` for it has the kind's name.
    `office`: on a device of the office.
    """

    name: str
    prefix: str
    life: timedelta
    app: bool = False
    office: bool = False


SIGN_INS: dict[SessionKind, SignIn] = {
    "wechat": SignIn("微信", "wx", CITIZEN_SESSION, app=True),
    "sms": SignIn("短信验证码", "tel", CITIZEN_SESSION),
    "staff": SignIn("工作人员账号", "staff", STAFF_SESSION, office=True),
    "kiosk": SignIn("自助终端", "kiosk", KIOSK_VISIT, office=True),  # a citizen, for one visit
}
SESSION_KINDS: dict[SessionKind, str] = {kind: row.name for kind, row in SIGN_INS.items()}
APPS: Mapping[SessionKind, str] = {kind: row.name for kind, row in SIGN_INS.items() if row.app}


def subject(kind: SessionKind, who: str) -> str:
    """Write who somebody is: `wx:<openid>`, `tel:<mobile>`, `staff:<username>`, `kiosk:<device>:<visit>`."""
    return f"{SIGN_INS[kind].prefix}:{who}"


def who(subject: str, kind: SessionKind) -> str:
    """Return who a subject is to one kind of session, such as the openid; empty for a subject of another kind."""
    prefix, _, own = subject.partition(":")
    return own if prefix == SIGN_INS[kind].prefix else ""


def own(subject: str) -> bool:
    """Tell whether somebody can prove this subject again: his own telephone or account, no visit, post or call without a number."""
    return any(who(subject, kind) for kind, row in SIGN_INS.items() if not row.office)


@dataclass(frozen=True)
class Channel:
    """One way in.

    `session`: the kind of session that sends whole forms by it; None where people talk, question by question. `like`: a service
    open on that channel is open on this one too, so that no service file names it. `answers`: who files there himself has the
    receipt at once, and finds it again. `apply_code` is written by nobody yet: the
    exchange with the province will write it.
    """

    name: str
    apply_code: str
    rating_code: str
    session: SessionKind | None = None
    like: str = ""
    answers: bool = False


CHANNELS: dict[str, Channel] = {
    "miniprogram": Channel("微信小程序", "1", "2", session="wechat", answers=True),
    "wechat": Channel("微信公众号", "1", "2", answers=True),
    "sms": Channel("短信", "8", "7", answers=True),
    "ivr": Channel("12345电话", "8", "6"),
    "web": Channel("网页", "1", "1", session="sms", answers=True),
    "window": Channel("政务服务窗口", "0", "4", session="staff"),
    "kiosk": Channel("自助终端", "1", "5", session="kiosk"),
}

NAMES: dict[str, str] = {code: channel.name for code, channel in CHANNELS.items()}
TALKING = frozenset(code for code, channel in CHANNELS.items() if channel.session is None)
"""Channels that ask a form question by question and cannot carry files."""

OF_SESSION: dict[SessionKind, str] = {channel.session: code for code, channel in CHANNELS.items() if channel.session}
"""Which channel a session's submissions come by."""
ONLINE = frozenset(code for kind, code in OF_SESSION.items() if not SIGN_INS[kind].office)
"""Channels of one's own telephone or computer: what they offer is 网上办."""


def opened(listed: Sequence[str]) -> tuple[str, ...]:
    """Add to the channels a service file lists those that are like one of them."""
    return (*listed, *(code for code, row in CHANNELS.items() if row.like in listed and code not in listed))


def name(code: str) -> str:
    """Name a channel; one this version does not know is shown as its code."""
    return NAMES.get(code, code)
