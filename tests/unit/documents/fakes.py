"""What documents are made with: counters, a shelf for files, and a case to make them of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from chalicelib.cases.model import Event, Row
from chalicelib.documents.cards import Card, Cards, card
from chalicelib.documents.model import KEPT, KIND, Sort, key
from chalicelib.documents.service import Documents
from chalicelib.documents.setting import paper
from chalicelib.kernel.typeface import Typeface
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status
from tests.unit.cases.audits import Audits
from tests.unit.decided import Decided
from tests.unit.samples import NOW

typeface = cache(Typeface)
VERIFY = "https://yb.example.gov.cn/verify"
DATA: dict[str, Any] = {
    "official_no": "1151010045000000XX4000145001000202607010001",
    "reason": "申请占用的路段为城市主干道，不符合《成都市市容和环境卫生管理条例》第二十三条的规定。",
    "opinion": "请核对租赁地址。",
    "missing": [{"code": "lease", "text": "租赁合同首页"}, {"code": "words-1", "text": "现场照片"}],
    "due": "2026-07-22",
    "amount_fen": 8000,
    "items": [
        {"code": "f1", "name": "工本费", "basis": "发改价格规〔2016〕2559号", "amount_fen": 9000, "how": "30.00元×3本"}
    ],
    "reductions": [{"reason": "困难减免", "amount_fen": 1000, "basis": "川价发〔2016〕1号", "proof_name": "低保证"}],
    "counter": {"address": "草市街2号", "hours": "工作日9:00至17:00"},
    "way": "cash",
    "receipt_no": "0012345",
    "transaction_id": "4200001",
    "out_trade_no": "510123456789P1",
    "until": "2026-07-31T09:30:00.000+08:00",
    "waybill": "LK434266003CN",
    "procedure": "听证",
    "held_on": "2026-07-20",
    "place": "上午9时，市政务中心三楼听证室",
    "organ": "省住房和城乡建设厅",
    "fields": ["姓名"],
    "ends": ["不用再缴费"],
    "undone": "准予",
    "certificate_no": "1234567890123459",
}
WITHOUT = {name: fact for name, fact in DATA.items() if name != "certificate_no"}  # no certificate was given
_KEPT = {
    "document_no": "成城管收〔2026〕000001号",
    "kind": "submitted",
    "title": "收件凭证",
    "issued_at": "2026-07-01T09:30:00.000+08:00",
    "place": "documents/1/000001.pdf",
    "version": "v1",
    "size": 3,
    "sm3": "a" * 64,
    "sha256": "b" * 64,
}
RECEIPT = Row("", key(1), KIND, KEPT, data=_KEPT)


class Counted:
    """Counters in memory."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def next(self, name: str) -> int:
        self.counts[name] += 1
        return self.counts[name]


class Shelf:
    """A bucket: files by key, oldest version first; `down` is met instead of an answer."""

    def __init__(self) -> None:
        self.kept: dict[str, list[bytes]] = {}
        self.down: Exception | None = None

    def write(self, key: str, content: bytes, type_: str) -> str:
        if self.down:
            raise self.down
        self.kept.setdefault(key, []).append(content)
        return f"v{len(self.kept[key])}"

    def address(self, key: str, version: str | None = None, **headers: str) -> str:
        return f"https://s3.example/{key}?{version}&{headers['ResponseContentDisposition']}"


def nothing_is_set(*_: Any) -> Any:
    raise AssertionError("a document was set")


def set_(title: str, number: str, body: Sequence[tuple[Sort, str]], signed: tuple[str, str], at: datetime) -> bytes:
    """The real setting, in the real typeface."""
    return paper(typeface(), title, number, body, signed, at)


def card_(of: Card, at: datetime) -> bytes:
    """The real certificate, in the real typeface."""
    return card(typeface(), of, at)


class Office:
    """Documents over one case; `photo` is what lies in the bucket of a photograph handed in."""

    def __init__(self, **changes: Any) -> None:
        self.made = Decided(Status.SUBMITTED, **changes)
        self.counters, self.shelf, self.audits = Counted(), Shelf(), Audits()
        self.photo: bytes | None = None
        cards = Cards(self.made.cases, lambda number: f"{VERIFY}?n={number}", lambda pin: self.photo, card_)
        self.documents = Documents(
            self.made.cases, self.made.services, self.counters, self.shelf, self.audits, set_, lambda: cards
        )

    def act(self, event: EventName, by: str = "市城管委", **data: Any) -> int:
        """Let something happen; return its number."""
        told = Event(event, "已收到", NOW, by, {**DATA, **data} if data.get("certificate_no") else {**WITHOUT, **data})
        return self.made.cases.record(self.made.case, told).rev

    def make(self, event: EventName, **data: Any) -> tuple[Row, PdfReader]:
        """Make the document of an event; return its row and its file."""
        number = 1 if event is EventName.SUBMITTED else self.act(event, **data)
        self.documents.make(self.made.case_no, number)
        row = self.made.row(key(number))
        return row, PdfReader(BytesIO(self.shelf.kept[row.data["place"]][-1]))


def read(file: PdfReader) -> str:
    """What a file says, line breaks left out."""
    return "".join(page.extract_text() for page in file.pages).replace("\n", "")
