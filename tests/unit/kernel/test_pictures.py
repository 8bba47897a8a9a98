"""Pictures as they are: what a PDF can hold, and what it cannot."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.pictures import picture


def png(
    width: int = 4, height: int = 5, bits: int = 8, type_: int = 2, interlaced: int = 0, palette: bytes = b""
) -> bytes:
    """A picture of one colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    parts = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[type_]
    lines = (b"\0" + b"\x80" * -(-width * parts * bits // 8)) * height
    head = struct.pack(">IIBBBBB", width, height, bits, type_, 0, 0, interlaced)
    data = zlib.compress(lines)
    body = chunk(b"IHDR", head) + (chunk(b"PLTE", palette) if palette else b"")
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IDAT", data[:7]) + chunk(b"IDAT", data[7:]) + chunk(b"IEND", b"")


def jpeg(width: int = 358, height: int = 441, parts: int = 3, frame: int = 0xC0, bits: int = 8) -> bytes:
    """What leads to the first scan of a photograph."""
    app = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + b"\1\1\0\0\1\0\1\0\0"
    table = b"\xff\xdb" + struct.pack(">H", 67) + bytes(65)
    start = struct.pack(">BBHBHHB", 0xFF, frame, 8 + 3 * parts, bits, height, width, parts) + bytes(3 * parts)
    return b"\xff\xd8" + app + table + start + b"\xff\xda" + bytes(40) + b"\xff\xd9"


@pytest.mark.parametrize(("parts", "colours"), [(1, "/DeviceGray"), (3, "/DeviceRGB")])
@pytest.mark.parametrize("frame", [0xC0, 0xC1, 0xC2])
def test_a_photograph_is_kept_byte_for_byte(parts: int, colours: str, frame: int) -> None:
    content = jpeg(parts=parts, frame=frame)
    found = picture(content)
    assert found and (found.width, found.height, found.data) == (358, 441, content)
    assert found.entries == f"/Width 358 /Height 441 /ColorSpace {colours} /BitsPerComponent 8 /Filter /DCTDecode"


def test_a_png_is_kept_as_its_parts_put_together() -> None:
    found = picture(png())
    assert found and (found.width, found.height) == (4, 5)
    assert zlib.decompress(found.data) == (b"\0" + b"\x80" * 12) * 5
    assert "/Predictor 15 /Colors 3 /BitsPerComponent 8 /Columns 4" in found.entries
    palette = picture(png(type_=3, bits=2, palette=b"\xff\xff\xff\0\0\0"))
    assert palette and "/ColorSpace [/Indexed /DeviceRGB 1 <ffffff000000>] /BitsPerComponent 2" in palette.entries
    grey = picture(png(type_=0))
    assert grey and "/DeviceGray" in grey.entries


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        jpeg(parts=4),
        jpeg(bits=12),
        jpeg(width=0),
        jpeg()[:30],
        b"\xff\xd8\xff\xd9",
        png(type_=6),
        png(type_=4),
        png(type_=0, bits=16),
        png(interlaced=1),
        png(width=0),
        png()[:12],
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_what_cannot_be_held_as_it_is_is_none(content: bytes) -> None:
    assert picture(content) is None


@given(st.sampled_from([jpeg(), png()]), st.integers(0, 400), st.binary(max_size=4))
def test_whatever_is_broken_raises_nothing(content: bytes, at: int, by: bytes) -> None:
    picture(content[:at] + by + content[at + len(by) :])
    picture(content[:at] + by)
