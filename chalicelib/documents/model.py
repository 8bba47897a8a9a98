"""What a document (文书) is: what the law wants an organ to put on paper when it acts, by a template that is data.

A template is one file `templates/<event>.toml`: `title`, `word` (the word of its numbers: 受, 准), `law` (the articles of the
《行政许可法》 that want it, named where what is applied for is a licence and nowhere else), and `body`, a paragraph a line, the first to
whom it is addressed. A fact is named in braces (`facts.facts` knows them all); a line whose fact has nothing to say is left out, and so is
a phrase in brackets; a fact of several things, alone on its line, is a list, left out together with the line before it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from chalicelib.cases.model import Row, numbered
from chalicelib.vocabulary.events import DOCUMENTS, EventName

KIND = "doc"
KEPT = "kept"
CARD = "certificate"  # the kind of a document that is a certificate
CARDS = frozenset({EventName.DELIVERED, EventName.CERTIFICATE_REISSUED, EventName.REVISED})
"""Events that may give or renew one."""
FOLDER = "documents"
LANES = 4  # counters of a series. Numbers are woven of them: it can never be changed, or one number is given twice
_NAMED = re.compile(r"\{(\w+)\}")
_PHRASE = re.compile(r"\[([^]]+)\]")
Fact = str | tuple[str, ...]
Sort = Literal["addressee", "paragraph", "item"]


@dataclass(frozen=True)
class Template:
    """The words of one kind of document."""

    title: str
    word: str
    law: str
    body: tuple[str, ...]

    def named(self) -> frozenset[str]:
        """The facts it names."""
        return frozenset(_NAMED.findall("\n".join((self.title, *self.body))))

    def filled(self, facts: Mapping[str, Fact]) -> list[tuple[Sort, str]]:
        """Return its paragraphs with the facts in them."""
        return list(self._filled(facts))

    def _filled(self, facts: Mapping[str, Fact]) -> Iterator[tuple[Sort, str]]:
        body = [_spoken(line, facts) for line in self.body]
        for place, (line, after) in enumerate(zip(body, (*body[1:], ""), strict=True)):
            alone = _NAMED.fullmatch(line)
            if alone and isinstance(many := facts[alone[1]], tuple):
                yield from (("item", f"{number}. {each}") for number, each in enumerate(many, 1))
                continue
            if _unsaid(line, facts) or _leads_to_nothing(after, facts):
                continue
            yield ("paragraph" if place else "addressee"), _said(line, facts)

    def named_as(self, facts: Mapping[str, Fact]) -> str:
        """Return the title with the facts in it."""
        return _said(self.title, facts)


def _spoken(line: str, facts: Mapping[str, Fact]) -> str:
    """Leave out the phrases whose fact has nothing to say, and the brackets of the others."""
    return _PHRASE.sub(lambda match: "" if _unsaid(match[1], facts) else match[1], line)


def _unsaid(words: str, facts: Mapping[str, Fact]) -> bool:
    return any(facts[name] == "" for name in _NAMED.findall(words))


def _leads_to_nothing(line: str, facts: Mapping[str, Fact]) -> bool:
    alone = _NAMED.fullmatch(line)
    return alone is not None and facts[alone[1]] == ()


def _said(line: str, facts: Mapping[str, Fact]) -> str:
    return _NAMED.sub(lambda match: str(facts[match[1]]), line)


@cache
def template(event: EventName) -> Template:
    """Return the template of what an event puts on paper. Raises KeyError for one that puts nothing there."""
    path = Path(__file__).with_name("templates") / f"{event}.toml"
    if event not in DOCUMENTS:
        raise KeyError(event)
    data = tomllib.loads(path.read_text("utf-8"))
    return Template(data["title"], data["word"], data["law"], tuple(data["body"].strip().splitlines()))


def key(number: int) -> str:
    """Return the key of the document of event `number`."""
    return numbered(KIND, number)


def card_key(number: int) -> str:
    """Return the key of the certificate that event `number` gave, as a document."""
    return numbered(f"{KIND}#{CARD}", number)


def wanted(number: int, name: EventName, facts: Mapping[str, Any]) -> list[str]:
    """Return the keys of what is to be made of an event: its document, the certificate it gave."""
    return [key(number)] * (name in DOCUMENTS) + [card_key(number)] * (name in CARDS and "certificate_no" in facts)


def latest(rows: Sequence[Row]) -> list[Row]:
    """Leave out certificates that a newer one of the case took the place of."""
    cards = [row for row in rows if row.data["kind"] == CARD]
    return [row for row in rows if row.data["kind"] != CARD or row is cards[-1]]


def place(case_no: str, key: str) -> str:
    """Return where the file of a document lies in the bucket: doc#000002 → documents/<case number>/000002.pdf."""
    return f"{FOLDER}/{case_no}/{key.removeprefix(f'{KIND}#').replace('#', '-')}.pdf"


def lane(case_no: str) -> int:
    """Return the counter, of several a series has, that numbers a case's documents: no counter is one of the whole city."""
    return int(case_no[-2:]) % LANES


def document_no(series: str, day: date, count: int, lane: int) -> str:
    """Write a number, such as 成住建受〔2026〕000123号: each lane's counter has every fourth."""
    return f"{series}〔{day.year}〕{(count - 1) * LANES + lane + 1:06d}号"


def shown(row: Row) -> dict[str, str]:
    """Write a document as a case's page names it."""
    return {name: row.data[name] for name in ("document_no", "kind", "title", "issued_at")}
