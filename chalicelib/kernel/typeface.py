"""The typeface papers are set in: Noto Serif SC (SIL OFL 1.1), of which each paper carries the characters it uses and no more.

fontTools' own subsetter takes 170 ms a paper, most of it for the 31,000 characters that are left out. Here the outlines of what is
used are drawn once a container and put into a small font of their own: some 40 ms for the first paper, 1 ms from then on.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

PACKAGE, FILE, NAME = "pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf", "NotoSerifSC"
UNITS = 1000  # to the em
MISSING = "〓"  # drawn, as printers do, for a character the typeface does not have


class Typeface:
    """The outlines and widths of characters."""

    def __init__(self) -> None:
        found = find_spec(PACKAGE)
        if found is None or found.origin is None:
            raise ModuleNotFoundError(PACKAGE)
        self._font = TTFont(Path(found.origin).with_name(FILE), lazy=True)
        self._names: dict[int, str] = self._font.getBestCmap()
        self._outlines, self._widths = self._font.getGlyphSet(), self._font["hmtx"]
        self._drawn: dict[str, Any] = {}
        self._width = cache(lambda char: int(self._widths[self._glyph(char)][0]))

    @cached_property
    def measures(self) -> tuple[int, int, tuple[int, int, int, int]]:
        """Ascent, descent and the box around every character."""
        hhea, head = self._font["hhea"], self._font["head"]
        return hhea.ascent, hhea.descent, (head.xMin, head.yMin, head.xMax, head.yMax)

    def width(self, text: str) -> int:
        """Return how wide a text is, in thousandths of its size."""
        return sum(map(self._width, text))

    def cut(self, characters: Sequence[str]) -> bytes:
        """Return a CFF font of these characters: the first is glyph 1, for 0 is that of no character."""
        glyphs = [".notdef", *(self._glyph(char) for char in characters)]
        order = [f"g{place}" for place in range(len(glyphs))]
        made = FontBuilder(UNITS, isTTF=False)
        made.setupGlyphOrder([".notdef", *order[1:]])
        outlines = dict(zip(made.font.getGlyphOrder(), map(self._outline, glyphs), strict=True))
        made.font.recalcBBoxes = False  # it would undo what was compiled, to measure it
        made.setupCFF(NAME, {"FontBBox": list(self.measures[2])}, outlines, {})
        cut: bytes = made.font["CFF "].compile(made.font)
        return cut

    def _glyph(self, char: str) -> str:
        return self._names.get(ord(char)) or self._names[ord(MISSING)]

    def _outline(self, glyph: str) -> Any:
        if glyph not in self._drawn:
            pen = T2CharStringPen(self._widths[glyph][0], self._outlines)
            self._outlines[glyph].draw(pen)
            self._drawn[glyph] = outline = pen.getCharString()
            outline.compile()
        return self._drawn[glyph]
