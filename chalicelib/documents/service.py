"""Documents: made once for each act that has one, kept with digests that prove them unchanged, opened by who may."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SM3, Hash

from chalicelib.cases.model import EVENT, Case, Event, Row, numbered
from chalicelib.cases.page import Audit
from chalicelib.cases.rights import Act, Asker
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Services
from chalicelib.certificates.model import grouped
from chalicelib.documents import model
from chalicelib.documents.drafts import Draft, drafted
from chalicelib.documents.model import KEPT, KIND, Sort
from chalicelib.identity.model import Session
from chalicelib.kernel import clock
from chalicelib.kernel.bucket import LIFE
from chalicelib.kernel.errors import Conflict

if TYPE_CHECKING:
    from chalicelib.documents.cards import Cards

TYPE = "application/pdf"
OPENED = "打开文书"  # the purpose on record where staff opens them
UNMARKED = "蓉办"  # before the numbers of an organ whose 发文机关代字 the version of a service does not know


class Counters(Protocol):
    """Gives serial numbers."""

    def next(self, name: str) -> int: ...


class Bucket(Protocol):
    """Keeps files, each in all its versions."""

    def write(self, key: str, content: bytes, type_: str) -> str: ...
    def address(self, key: str, version: str | None = None, **headers: str) -> str: ...


Set = Callable[[str, str, Sequence[tuple[Sort, str]], tuple[str, str], datetime], bytes]
"""Sets title, number, paragraphs, who signs on which day, and the moment, as a PDF (`setting.paper`)."""


class Documents:
    """The documents of all cases."""

    def __init__(
        self,
        cases: Cases,
        catalogue: Services,
        counters: Counters,
        bucket: Bucket,
        audit: Audit,
        paper: Set,
        cards: Callable[[], Cards],
    ) -> None:
        self._cases, self._catalogue, self._counters = cases, catalogue, counters
        self._bucket, self._audit, self._paper, self._cards = bucket, audit, paper, cards

    def make(self, case_no: str, number: int) -> None:
        """Make the document of event `number` of a case, and the certificate it gave; again, it does nothing. Raises what is to be tried
        again.

        Of two who make it at once the second one's file stays a version that nobody names, and its number is skipped.
        """
        file = self._cases.whole(case_no, until=numbered(EVENT, number))  # head, documents and events come first in it
        event = file.event(number)
        for key in model.wanted(number, event.name, event.data):
            if file.row(key) is None:
                case = self._cases.open(file.case)
                made = (
                    self._card(case, event, key) if key == model.card_key(number) else self._document(case, event, key)
                )
                with suppress(Conflict):
                    self._cases.keep(made)

    def _document(self, case: Case, event: Event, key: str) -> Row:
        draft = drafted(case, event, self._catalogue.get(case.service, case.version))
        document_no = self._number(draft, case.case_no, event.at.astimezone(clock.SHANGHAI).date())
        content = self._paper(draft.title, document_no, draft.body, draft.signed, event.at)
        return self._kept(case.case_no, key, (str(event.name), draft.title, document_no), event.at, content)

    def _card(self, case: Case, event: Event, key: str) -> Row:
        of, content = self._cards().made(case, str(event.data["certificate_no"]), event.at)
        return self._kept(case.case_no, key, (model.CARD, of.type, grouped(of.number)), event.at, content)

    def _kept(self, case_no: str, key: str, called: tuple[str, str, str], at: datetime, content: bytes) -> Row:
        """Put a file on the shelf; return its row. `called`: kind, title and number."""
        place, (kind, title, document_no) = model.place(case_no, key), called
        data = {
            "document_no": document_no,
            "kind": kind,
            "title": title,
            "issued_at": clock.iso(at),
            "place": place,
            "version": self._bucket.write(place, content, TYPE),
            "size": len(content),
            "sm3": sm3(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        return Row(case_no, key, KIND, KEPT, data=data)

    def _number(self, draft: Draft, case_no: str, day: date) -> str:
        series, lane = (draft.mark or UNMARKED) + draft.word, model.lane(case_no)
        count = self._counters.next(f"document#{series}#{day.year}#{lane}")
        return model.document_no(series, day, count, lane)

    def listed(self, case_no: str, who: Session, now: datetime) -> dict[str, Any]:
        """List a case's documents, each with an address good for a while, to whoever may open them; staff on record.

        Raises NotFound, Forbidden.
        """
        case = self._cases.head(case_no)
        self._cases.allow(case, Asker.of(who), Act.DOCUMENTS)
        rows = model.latest(self._cases.rows(case_no, f"{KIND}#"))
        if who.staff and rows:
            self._audit.note(case_no, who.subject, OPENED, [f"documents.{row.data['kind']}" for row in rows], now)
        return {"documents": [self._opened(row, now) for row in rows]}

    def _opened(self, row: Row, now: datetime) -> dict[str, Any]:
        name = quote(f"{row.data['title']}{row.data['document_no']}.pdf", safe="")
        shown = f"inline; filename*=UTF-8''{name}"
        url = self._bucket.address(
            row.data["place"], row.data["version"], ResponseContentType=TYPE, ResponseContentDisposition=shown
        )
        proofs = {name: row.data[name] for name in ("size", "sm3", "sha256")}
        return model.shown(row) | proofs | {"url": url, "expires_at": clock.iso(now + timedelta(seconds=LIFE))}


def sm3(content: bytes) -> str:
    """Return the SM3 (GB/T 32905) of a file; hashlib has it only where the system's OpenSSL does."""
    digest = Hash(SM3())
    digest.update(content)
    return digest.finalize().hex()
