"""Time as the city reads it. Only handlers call `now()`; use cases are handed the moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")  # no daylight saving since 1991


def now() -> datetime:
    """Return the present moment, aware, in Shanghai time, to the millisecond."""
    moment = datetime.now(SHANGHAI)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def iso(moment: datetime) -> str:
    """Write a moment as sortable RFC 3339 in Shanghai time: `2026-11-22T09:30:00.123+08:00`."""
    return moment.astimezone(SHANGHAI).isoformat(timespec="milliseconds")


def parse(text: str) -> datetime:
    """Read what `iso` wrote. Raises ValueError."""
    return datetime.fromisoformat(text)


def epoch(moment: datetime) -> int:
    """Whole seconds since 1970 (DynamoDB TTL, JWT)."""
    return int(moment.astimezone(UTC).timestamp())


def day(when: date) -> str:
    """Write a day of this year or the next: `7月1日`."""
    return f"{when.month}月{when.day}日"


def long_day(when: date) -> str:
    """Write a day with its year: `2026年7月1日`."""
    return f"{when.year}年{day(when)}"


def lasting(period: timedelta) -> str:
    """Write how long, rounded up: 75 seconds → `2分钟`, 40 → `40秒`, 5000 → `2小时`, 100000 → `2天`."""
    seconds = -(-period // timedelta(seconds=1))
    if seconds <= 60:
        return f"{max(seconds, 1)}秒"
    if seconds <= 3600:
        return f"{-(-seconds // 60)}分钟"
    return f"{-(-seconds // 3600)}小时" if seconds <= 86400 else f"{-(-seconds // 86400)}天"
