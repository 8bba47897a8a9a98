"""How a document looks: an official paper on A4 after GB/T 9704-2012 (margins, 28 characters a line, 22 lines a page), without a red head
and without a seal: those are the organ's to give.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from chalicelib.documents.model import Sort
from chalicelib.kernel.pdf import HEIGHT, POINTS, WIDTH, Element, Face, Pdf

LEFT, RIGHT, TOP, BOTTOM = 28 * POINTS, WIDTH - 26 * POINTS, HEIGHT - 37 * POINTS, 35 * POINTS
SIZE, TITLE, SMALL = 15.75, 22.0, 12.0  # points: 三号, 二号, 小四
LEADING = 29.0
NEVER_FIRST = "，。、；：！？）》」』】〕％%…"
NEVER_LAST = "（《「『【〔"


def lines(text: str, face: Face, size: float, width: float, first: float = 0.0) -> Iterator[str]:
    """Break a paragraph into lines; its first is shorter by `first`. No line begins or ends with a sign that may not stand there, and
    letters and digits stay together where a line can hold them."""
    room, line, used = width - first, "", 0.0
    for piece in _pieces(text):
        wide = face.width(piece) * size / 1000
        if line and used + wide > room:
            line, over = _kept(line, piece)
            yield line
            line, used, room = over, face.width(over) * size / 1000, width
        while used + wide > room and (cut := _fitting(line + piece, face, size, room)):
            yield (line + piece)[:cut]
            line, piece, room, used = "", (line + piece)[cut:], width, 0.0
            wide = face.width(piece) * size / 1000
        line, used = line + piece, used + wide
    if line:
        yield line


def _pieces(text: str) -> Iterator[str]:
    """Cut a text where a line may end: after every Chinese character, around whole words and numbers."""
    word = ""
    for char in text:
        if char.isascii() and char != " ":
            word += char
            continue
        if word:
            yield word
        word = ""
        yield char
    if word:
        yield word


def _kept(line: str, piece: str) -> tuple[str, str]:
    """Return a line and what goes over to the next one with the piece that does not fit."""
    end = len(line)
    while end > 1 and (line[end - 1] in NEVER_LAST or (line[end:] + piece)[0] in NEVER_FIRST):
        end -= 1
    return (line[:end], line[end:]) if end > 1 else (line, "")


def _fitting(text: str, face: Face, size: float, room: float) -> int:
    """Return how many characters of a piece longer than a line stand on it; 0 where it is only one."""
    end = len(text)
    while end > 1 and face.width(text[:end]) * size / 1000 > room:
        end -= 1
    return end if end < len(text) else 0


class _Sheet:
    """A document being set from the top of its first page downwards."""

    def __init__(self, face: Face, title: str, number: str, at: datetime) -> None:
        self.pdf, self.face, self._foot = Pdf(face, title, at), face, number
        self._pages, self._y = 0, 0.0
        self._turn()

    def _turn(self) -> None:
        self.pdf.page()
        self._pages, self._y = self._pages + 1, TOP - SIZE
        self._ornament(f"{self._foot}　第{self._pages}页")

    def _ornament(self, text: str) -> None:
        text = text.replace("　", " ")
        width = self.face.width(text) * SMALL / 1000
        self.pdf.say(None, (WIDTH - width) / 2, BOTTOM - LEADING, SMALL, text)

    def set(self, element: Element, text: str, size: float = SIZE, indent: float = 0.0, align: float = 0.0) -> None:
        """Set a paragraph: its first line `indent` characters in; `align` 0 left, 0.5 middle, 1 right."""
        width = RIGHT - LEFT
        for place, line in enumerate(lines(text, self.face, size, width, indent * size)):
            if self._y < BOTTOM:
                self._turn()
            room = width - self.face.width(line) * size / 1000
            x = LEFT + (indent * size if not place and not align else 0) + room * align
            self.pdf.say(element, x, self._y, size, line)
            self._y -= LEADING * max(1.0, size / SIZE)

    def space(self, count: float = 1.0) -> None:
        """Leave lines free."""
        self._y -= LEADING * count


def paper(
    face: Face, title: str, number: str, body: Sequence[tuple[Sort, str]], signed: tuple[str, str], at: datetime
) -> bytes:
    """Return a document as a PDF: title, number, paragraphs, and who signs on which day. The same content gives the same bytes."""
    sheet = _Sheet(face, title, number, at)
    root, list_ = sheet.pdf.root, None
    sheet.set(root.inside("H1"), title, TITLE, align=0.5)
    sheet.set(root.inside("P"), number, align=0.5)
    sheet.space()
    for sort, text in body:
        if sort == "item":
            list_ = list_ or root.inside("L")
            sheet.set(list_.inside("LI").inside("LBody"), text, indent=2)
        else:
            list_ = None
            sheet.set(root.inside("P"), text, indent=2 if sort == "paragraph" else 0)
    sheet.space(2)
    for line in signed:
        sheet.set(root.inside("P"), line, align=1.0)
    return sheet.pdf.written()
