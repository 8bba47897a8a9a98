"""A day of the ledger, and a case whose fee was paid on it."""

from __future__ import annotations

from datetime import date, datetime

from chalicelib.cases.model import Row
from chalicelib.payments.ledger_model import DAY, part
from chalicelib.payments.party import Line
from tests.unit.payments.fakes import Till
from tests.unit.samples import NOW, clerk

TODAY = date(2026, 7, 1)
MORNING = datetime.fromisoformat("2026-07-02T10:00:00+08:00")
ACCOUNTS = clerk("会计", "zwzx", "accountant")
WHERE = part("books", TODAY)


def day(till: Till, where: str = WHERE) -> Row:
    found = till.cases.row(where, DAY)
    assert found is not None
    return found


def gaps(till: Till) -> list[tuple[str, str]]:
    return sorted((gap["kind"], gap["number"]) for gap in till.ledger.page(MORNING)["gaps"])


def settled() -> Till:
    """A case that was paid on the day, whose bill says the same."""
    till = Till()
    till.bills.paid(till.books.pay(till.order()), NOW)
    return till


def line(number: str, fen: int = 8000, trade: str = "", kind: str = "in", going: str = "done") -> Line:
    return Line(kind, number, trade, number, fen, going)  # type: ignore[arg-type]
