"""Ways in (渠道): how a submission came.

`apply_code` is 申报来源 of the provincial 办件 standard (docs/domain.md §1.5 状态与结果码: 0 窗口, 1 网上, 8 其他), `rating_code`
the `pf` of the rating exchange (docs/domain.md §2.2 评价渠道: 1 PC端, 2 移动端, 3 二维码, 4 政务大厅平板电脑,
5 政务大厅其他电子设备, 6 电话, 7 短信).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SessionKind = Literal["wechat", "sms", "staff", "kiosk"]
"""How somebody signed in; each kind sends whole forms through one channel."""
SESSION_KINDS: dict[SessionKind, str] = {
    "wechat": "微信",
    "sms": "短信验证码",
    "staff": "工作人员账号",
    "kiosk": "自助终端",
}


@dataclass(frozen=True)
class Channel:
    """One way in. `session`: the kind of session that sends whole forms by it; None where people talk, question by question."""

    name: str
    apply_code: str
    rating_code: str
    session: SessionKind | None = None


CHANNELS: dict[str, Channel] = {
    "miniprogram": Channel("微信小程序", "1", "2", session="wechat"),
    "wechat": Channel("微信公众号", "1", "2"),
    "sms": Channel("短信", "8", "7"),
    "ivr": Channel("12345电话", "8", "6"),
    "web": Channel("网页", "1", "1", session="sms"),
    "window": Channel("政务服务窗口", "0", "4", session="staff"),
    "kiosk": Channel("自助终端", "1", "5", session="kiosk"),
}

NAMES: dict[str, str] = {code: channel.name for code, channel in CHANNELS.items()}
TALKING = frozenset(code for code, channel in CHANNELS.items() if channel.session is None)
"""Channels that ask a form question by question and cannot carry files."""

OF_SESSION: dict[str, str] = {channel.session: code for code, channel in CHANNELS.items() if channel.session}
"""Which channel a session's submissions come by."""
ONLINE = frozenset({"web", "miniprogram"})
"""Channels of one's own telephone or computer: what they offer is 网上办."""


def name(code: str) -> str:
    """Name a channel; one this version does not know is shown as its code."""
    return NAMES.get(code, code)
