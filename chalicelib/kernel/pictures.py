"""Pictures a PDF can hold as they are: JPEG (ITU-T T.81), and PNG (ISO/IEC 15948) without transparency. Nothing is decoded or scaled."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # start of a frame: all but tables of codes
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length
_COLOURS = {1: "/DeviceGray", 3: "/DeviceRGB"}
_PNG = b"\x89PNG\r\n\x1a\n"
_SAMPLES = {0: 1, 2: 3, 3: 1}  # of a pixel, by PNG's type of colour: grey, colour, palette


@dataclass(frozen=True)
class Picture:
    """A picture: its size in pixels, its entries in a PDF, and its bytes as they are kept."""

    width: int
    height: int
    entries: str
    data: bytes


def picture(content: bytes) -> Picture | None:
    """Read a JPEG or PNG; None for anything else, broken ones, and kinds a PDF cannot hold as they are (CMYK, transparent, interlaced)."""
    try:
        if content.startswith(_PNG):
            return _png(content)
        return _jpeg(content) if content.startswith(b"\xff\xd8") else None
    except (IndexError, struct.error):
        return None


def _jpeg(content: bytes) -> Picture | None:
    at = 2
    while content[at] == 0xFF:
        marker = content[at + 1]
        if marker in _FRAMES:
            bits, height, width, parts = struct.unpack_from(">BHHB", content, at + 4)
            if bits != 8 or parts not in _COLOURS or not width or not height:
                return None
            return Picture(width, height, _entries(width, height, _COLOURS[parts], 8) + " /Filter /DCTDecode", content)
        at += 2 if marker in _ALONE or marker == 0xFF else 2 + struct.unpack_from(">H", content, at + 2)[0]
    return None


def _png(content: bytes) -> Picture | None:
    chunks = list(_chunks(content))
    if not chunks or chunks[0][0] != b"IHDR":
        return None
    width, height, bits, type_, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
    parts = _SAMPLES.get(type_)
    if parts is None or bits > 8 or interlaced or not width or not height:
        return None
    colours = _COLOURS[parts]
    if type_ == 3:
        palette = next((data for name, data in chunks if name == b"PLTE"), b"")
        colours = f"[/Indexed /DeviceRGB {len(palette) // 3 - 1} <{palette.hex()}>]"
    how = f"/Predictor 15 /Colors {parts} /BitsPerComponent {bits} /Columns {width}"
    entries = f"{_entries(width, height, colours, bits)} /Filter /FlateDecode /DecodeParms <<{how}>>"
    return Picture(width, height, entries, b"".join(data for name, data in chunks if name == b"IDAT"))


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at < len(content):
        (size,) = struct.unpack_from(">I", content, at)
        yield content[at + 4 : at + 8], content[at + 8 : at + 8 + size]
        at += 12 + size


def _entries(width: int, height: int, colours: str, bits: int) -> str:
    return f"/Width {width} /Height {height} /ColorSpace {colours} /BitsPerComponent {bits}"
