"""What is read of a callback's body, whatever the party."""

from __future__ import annotations

import pytest

from chalicelib.kernel.errors import AppError, InvalidInput, TooLarge, Unsupported
from parties import wire
from parties.wire import Inbound


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (b"a=1&b=%E4%BD%A0+x&c=", {"a": "1", "b": "你 x", "c": ""}),
        (b"at=2026-07-01T01%3a30%3a00Z", {"at": "2026-07-01T01:30:00Z"}),
        (b"a=1&a=2", {"a": "2"}),
    ],
)
def test_a_form(body: bytes, read: dict[str, str]) -> None:
    assert wire.form(Inbound("POST", "/", body=body)) == read


@pytest.mark.parametrize(
    ("body", "raised"),
    [
        (b"", InvalidInput),
        (b"a=%C4%E3", InvalidInput),
        (b"&".join(b"a=1" for _ in range(101)), InvalidInput),
        ("a=你".encode("gbk"), Unsupported),
        (b"a=" + b"x" * 65536, TooLarge),
    ],
)
def test_no_form(body: bytes, raised: type[AppError]) -> None:
    with pytest.raises(raised):
        wire.form(Inbound("POST", "/", body=body))


def test_a_stamp_is_of_beijing_unless_it_says_its_zone() -> None:
    assert wire.stamp("2026-07-01 09:30:00") == wire.stamp("2026-07-01T01:30:00Z")


@pytest.mark.parametrize("value", [None, 5, "", "soon", "2026-02-30 00:00:00"])
def test_no_stamp(value: object) -> None:
    with pytest.raises(InvalidInput):
        wire.stamp(value)
