"""A certificate on paper: what stands on it, what a scanner reads, and that the newest one is given to who may have it."""

from __future__ import annotations

import json
import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import segno
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from chalicelib.cases.model import Change, Event, Row
from chalicelib.certificates.model import Certificate
from chalicelib.documents import parts
from chalicelib.documents.cards import CODE, LARGEST
from chalicelib.documents.model import card_key
from chalicelib.identity.model import Session
from chalicelib.kernel.errors import NotFound
from chalicelib.vocabulary.events import EventName
from tests.unit.certificates.test_model import made as certificate
from tests.unit.decided import OWNER
from tests.unit.documents.fakes import VERIFY, Office, read
from tests.unit.kernel.test_pictures import jpeg, png
from tests.unit.notices.fakes import MemoryQueue
from tests.unit.samples import NOW, clerk

NUMBER = "1234567890123459"
MOST = 150 * 1024  # bytes of a document
FILER = Session(OWNER, "wechat")


def given(office: Office, number: str = NUMBER, **changes: Any) -> Certificate:
    """Keep a certificate of the case."""
    made = certificate(case_no=office.made.case_no, number=number, **{"valid_to": date(2031, 6, 30), **changes})
    office.made.cases.keep(made.row())
    return made


def printed(office: Office, event: EventName = EventName.DELIVERED, number: str = NUMBER) -> tuple[Row, PdfReader]:
    at = office.act(event, certificate_no=number)
    office.documents.make(office.made.case_no, at)
    row = office.made.row(card_key(at))
    return row, PdfReader(BytesIO(office.shelf.kept[row.data["place"]][-1]))


def figures(file: PdfReader) -> list[str]:
    """What is read aloud of its figures, in order."""
    top = file.trailer["/Root"]["/StructTreeRoot"]["/K"].get_object()  # type: ignore[index]
    kids = [each.get_object() for each in top["/K"]]
    return [str(each["/Alt"]) for each in kids if isinstance(each, DictionaryObject) and str(each["/S"]) == "/Figure"]


def test_it_says_whose_it_is_in_clear_from_when_until_when_and_where_it_is_checked() -> None:
    office = Office()
    given(office)
    row, file = printed(office)
    assert len(file.pages) == 1 and row.data["size"] < MOST
    text = read(file)
    for said in ("优待证", "证照编号：1234 5678 9012 3459", "持证人：张三丰", "发证部门：市民政局", VERIFY):
        assert said in text
    assert "有效期：2026年7月1日至2031年6月30日" in text
    assert (row.data["kind"], row.data["title"], row.data["document_no"]) == (
        "certificate",
        "优待证",
        "1234 5678 9012 3459",
    )
    assert len(row.data["sm3"]) == len(row.data["sha256"]) == 64
    assert figures(file) == [f"核验二维码，内容是{VERIFY}?n={NUMBER}"]


def test_one_without_an_end_says_so() -> None:
    office = Office()
    given(office, valid_to=None)
    assert "有效期：2026年7月1日起，长期有效" in read(printed(office)[1])


def test_a_scanner_reads_the_address_of_the_check() -> None:
    """The dark boxes of the page are the modules of the code, no more and no less."""
    office = Office()
    given(office)
    content = printed(office)[1].pages[0].get_contents()
    assert content is not None
    boxes = [
        tuple(map(float, each))
        for each in re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re", content.get_data().decode())
    ]
    matrix = segno.make_qr(f"{VERIFY}?n={NUMBER}", error="m").matrix
    side, left, top = CODE / len(matrix), min(box[0] for box in boxes), max(box[1] for box in boxes)
    drawn = [[0] * len(matrix) for _ in matrix]
    for x, y, wide, _ in boxes:
        for step in range(round(wide / side)):
            drawn[round((top - y) / side)][round((x - left) / side) + step] = 1
    assert drawn == [list(line) for line in matrix]


@pytest.mark.parametrize("photo", [jpeg(), png()], ids=["jpeg", "png"])
def test_the_photograph_handed_in_is_on_it(photo: bytes) -> None:
    office = Office()
    handed(office)
    office.photo = photo
    given(office)
    row, file = printed(office)
    assert figures(file) == ["持证人照片", f"核验二维码，内容是{VERIFY}?n={NUMBER}"]
    assert "/XObject" in file.pages[0]["/Resources"] and row.data["size"] < MOST  # type: ignore[operator]


@pytest.mark.parametrize("photo", [None, b"%PDF", jpeg() + bytes(LARGEST)], ids=["gone", "no picture", "too large"])
def test_without_one_that_can_be_put_on_it_it_is_made_all_the_same(photo: bytes | None) -> None:
    office = Office()
    handed(office)
    office.photo = photo
    given(office)
    assert len(figures(printed(office)[1])) == 1


def handed(office: Office) -> None:
    """Hand a photograph in."""
    cases, opened = office.made.cases, office.made.cases.open(office.made.case)
    file = {"code": "photo", "material_id": "f" * 32, "by": OWNER, "version": "v1", "type": "image/jpeg"}
    private = {**(opened.private or {}), "materials": [file]}
    cases.amend(cases.sealed(office.made.case, private))


def test_the_same_gives_the_same_bytes_and_once() -> None:
    first, again = Office(), Office()
    for office in (first, again):
        given(office)
    assert printed(first)[0].data["sha256"] == printed(again)[0].data["sha256"]
    at = first.made.case.rev
    first.documents.make(first.made.case_no, at)
    assert all(len(kept) == 1 for kept in first.shelf.kept.values())


def test_a_reissue_makes_it_anew_and_the_newest_alone_is_listed() -> None:
    office = Office()
    given(office)
    printed(office)
    given(office, "1000000000000009", valid_from=date(2026, 8, 1))
    row, file = printed(office, EventName.CERTIFICATE_REISSUED, "1000000000000009")
    assert "有效期：2026年8月1日至" in read(file)
    listed = office.documents.listed(office.made.case_no, FILER, NOW)["documents"]
    assert [each["document_no"] for each in listed if each["kind"] == "certificate"] == ["1000 0000 0000 0009"]
    assert [each["kind"] for each in listed] == ["delivered", "certificate"]
    page = parts.CAPABILITY.page
    assert page and [each["kind"] for each in page(office.made.file, office.made.service)["documents"]] == [
        "delivered",
        "certificate",
    ]
    assert row.data["place"].endswith(".pdf") and "certificate" in row.data["place"]


def test_nobody_else_opens_it() -> None:
    office = Office()
    given(office)
    printed(office)
    with pytest.raises(NotFound):
        office.documents.listed(office.made.case_no, Session("wx:other", "wechat"), NOW)
    assert (
        office.documents.listed(office.made.case_no, clerk("窗口", "zwzx"), NOW)
        if office.made.case.facts.get("window")
        else 1
    )


def test_a_certificate_nobody_has_is_tried_again() -> None:
    office = Office()
    with pytest.raises(NotFound):
        printed(office)


def test_an_event_that_gave_one_is_queued_and_owed_until_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    queue, office = MemoryQueue(), Office()
    monkeypatch.setattr(parts, "queue", lambda name: {"documents": queue}[name])
    for facts in ({"certificate_no": NUMBER}, {}):
        told = json.dumps({"name": EventName.CERTIFICATE_REISSUED, "data": facts})
        parts.CAPABILITY.listeners["documents"](Change("1", {}, {"case_no": "1", "sk": "event#000009", "data": told}))
    assert queue.messages == [{"case_no": "1", "event": 9}]
    given(office)
    owed = parts.CAPABILITY.owes["documents"]
    office.made.cases.record(
        office.made.case, Event(EventName.CERTIFICATE_REISSUED, "", NOW, data={"certificate_no": NUMBER})
    )
    assert list(owed(office.made.file)) == ["case", "event#000002"]
    office.documents.make(office.made.case_no, 2)
    assert list(owed(office.made.file)) == ["case"]
