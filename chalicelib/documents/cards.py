"""A certificate on paper: what stands on it, and how it looks: one A4 page with its QR code and, where one was asked, the holder's
photograph."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import segno

from chalicelib.cases.model import Case
from chalicelib.cases.service import Cases
from chalicelib.certificates.model import KEY, Certificate, grouped, place
from chalicelib.documents.setting import LEADING, LEFT, RIGHT, SIZE, SMALL, TITLE, TOP, lines
from chalicelib.kernel import clock
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.pdf import POINTS, Face, Pdf
from chalicelib.kernel.pictures import Picture, picture

PHOTO = "photo"  # the code of the material that is the holder's photograph, in whatever service
LARGEST = 100 * 1024  # bytes of a photograph that is put on it as it is: the whole is to stay below 150 kB
CODE = 45 * POINTS  # side of the QR code
WIDE, HIGH = 26 * POINTS, 32 * POINTS  # room for the photograph: that of an identity card (GA 461)


@dataclass(frozen=True)
class Card:
    """What stands on it: the holder in clear, `verify` the address that the QR code leads to."""

    type: str
    number: str
    holder: str
    issuer: str
    valid_from: str
    valid_to: str
    verify: str
    photo: Picture | None = None

    def rows(self) -> Iterator[tuple[str, str]]:
        """Return its lines, name and value."""
        yield "证照编号", grouped(self.number)
        yield "持证人", self.holder
        yield "发证部门", self.issuer
        yield "有效期", f"{self.valid_from}至{self.valid_to}" if self.valid_to else f"{self.valid_from}起，长期有效"


class Cards:
    """Sets certificates. `address` is where one is checked, `file` reads a file handed in, `set_` sets one (`card`)."""

    def __init__(
        self,
        cases: Cases,
        address: Callable[[str], str],
        file: Callable[[Mapping[str, str]], bytes | None],
        set_: Callable[[Card, datetime], bytes],
    ) -> None:
        self._cases, self._address, self._file, self._set = cases, address, file, set_

    def made(self, case: Case, number: str, at: datetime) -> tuple[Certificate, bytes]:
        """Return a certificate as it is now, and set. `case` is opened. Raises NotFound, Unavailable."""
        row = self._cases.row(place(number), KEY)
        if row is None:
            raise NotFound("没有这个证照")
        of, private = Certificate.of(row), case.private or {}
        card = Card(
            of.type,
            of.number,
            str(private["applicant"]["name"]) or of.holder,
            of.issuer,
            clock.long_day(of.valid_from),
            clock.long_day(of.valid_to) if of.valid_to else "",
            self._address(of.number),
            self._photo(private),
        )
        return of, self._set(card, at)

    def _photo(self, private: Mapping[str, Any]) -> Picture | None:
        """Return the newest photograph handed in, if it can be put on as it is."""
        given = [each for each in private["materials"] if each["code"] == PHOTO]
        content = self._file(given[-1]) if given else None
        return picture(content) if content and len(content) <= LARGEST else None


def card(face: Face, of: Card, at: datetime) -> bytes:
    """Return a certificate as a PDF. The same content gives the same bytes."""
    pdf = Pdf(face, of.type, at)
    pdf.page()
    y = _title(pdf, face, of.type)
    room = RIGHT - LEFT
    if of.photo:
        _photo(pdf, of.photo, y)
        room -= WIDE + SIZE
    for name, value in of.rows():
        element = pdf.root.inside("P")
        for line in lines(f"{name}：{value}", face, SIZE, room):
            pdf.say(element, LEFT, y, SIZE, line)
            y -= LEADING
        y -= LEADING / 4
    _code(pdf, face, of.verify, min(y, TOP - HIGH - 4 * LEADING) - CODE)
    return pdf.written()


def _title(pdf: Pdf, face: Face, text: str) -> float:
    """Set the title in the middle; return where the lines begin."""
    heading, y = pdf.root.inside("H1"), TOP - TITLE
    for line in lines(text, face, TITLE, RIGHT - LEFT):
        pdf.say(heading, (LEFT + RIGHT - face.width(line) * TITLE / 1000) / 2, y, TITLE, line)
        y -= LEADING * TITLE / SIZE
    return y - LEADING


def _photo(pdf: Pdf, photo: Picture, y: float) -> None:
    """Show the photograph at the right, whole, in its own shape."""
    scale = min(WIDE / photo.width, HIGH / photo.height)
    wide, high = photo.width * scale, photo.height * scale
    figure = pdf.root.inside("Figure", "持证人照片")
    pdf.show(figure, photo, RIGHT - wide, y + SIZE - high, wide, high)


def _code(pdf: Pdf, face: Face, text: str, y: float) -> None:
    """Draw the QR code, and under it say what it is for."""
    matrix = segno.make_qr(text, error="m").matrix
    side, left = CODE / len(matrix), (LEFT + RIGHT - CODE) / 2
    figure = pdf.root.inside("Figure", f"核验二维码，内容是{text}")
    pdf.fill(
        figure,
        (
            (left + start * side, y + CODE - (row + 1) * side, length * side, side + 0.02)
            for row, line in enumerate(matrix)
            for start, length in _runs(line)
        ),
    )
    for said in ("是否有效，以扫码核验为准，也可以打开下面的地址输入编号核验", text.partition("?")[0]):
        y -= SMALL * 2
        pdf.say(pdf.root.inside("P"), (LEFT + RIGHT - face.width(said) * SMALL / 1000) / 2, y, SMALL, said)


def _runs(line: bytes | bytearray) -> Iterator[tuple[int, int]]:
    """Return where dark modules of a row begin, and how many follow one another."""
    start = None
    for at, dark in enumerate([*line, 0]):
        if dark and start is None:
            start = at
        elif not dark and start is not None:
            yield start, at - start
            start = None
