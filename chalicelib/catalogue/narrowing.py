"""By what a list of services may be narrowed: audience, topic, tag, channel, words."""

from __future__ import annotations

from collections.abc import Mapping

from chalicelib.catalogue.elements import Summary
from chalicelib.kernel.errors import Fault, InvalidInput
from chalicelib.vocabulary import channels, codes

_CHOICES = {"audience": tuple(codes.AUDIENCES), "tag": tuple(codes.LISTS), "channel": tuple(channels.CHANNELS)}
"""What a list may be narrowed by, where the values are known."""
_LONGEST = 40  # characters of any of them


def check(query: Mapping[str, str | None]) -> None:
    """Raise InvalidInput naming the parameter that is too long or not one of its values."""
    wrong = [
        Fault(
            name,
            "enum",
            f"{name}只能是：{'、'.join(_CHOICES[name])}" if name in _CHOICES else f"{name}最多{_LONGEST}个字",
        )
        for name, value in query.items()
        if value is not None and (value not in _CHOICES[name] if name in _CHOICES else len(value) > _LONGEST)
    ]
    if wrong:
        raise InvalidInput("；".join(fault.message for fault in wrong), wrong)


def matches(each: Summary, query: Mapping[str, str | None]) -> bool:
    """Tell whether a service is one of those asked for; what is None does not matter."""
    audience, topic, tag, channel, words = (query.get(name) for name in ("audience", "topic", "tag", "channel", "q"))
    return (
        audience in (None, each.audience)
        and (topic is None or topic in each.topics)
        and (tag is None or tag in each.tags)
        and (channel is None or channel in each.channels)
        and all(
            word in f"{each.name}{each.short_name}{each.summary}{''.join(each.topics)}"
            for word in (words or "").split()
        )
    )
