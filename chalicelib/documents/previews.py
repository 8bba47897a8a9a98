"""A document before there is one: whoever is about to act reads what it will say, word for word.

The act is carried out by the code that carries it out, over cases that are read and never written (`cases.rehearsal`): so what is shown
is what is sent, and refused is what would be refused. No number is taken, nothing is set in type, and the look is on record, for
the applicant's name stands in it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from chalicelib.approvals.numbers import LATER
from chalicelib.cases.model import Case, Event
from chalicelib.cases.page import Audit
from chalicelib.cases.rehearsal import Rehearsal
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Services
from chalicelib.documents.drafts import drafted
from chalicelib.identity.model import Session
from chalicelib.vocabulary.events import DOCUMENTS, EventName

LOOKED = "预览文书"  # the purpose on record
TO_SIGN = {"signature": "＿" * 10, "signed_on": "＿＿＿＿年＿＿月＿＿日"}
"""What is left free for who signs for a result, on the paper that is printed before it is handed over."""


class Previews:
    """Shows what acts would put on paper. `rehearsal` makes cases that write nothing, and what keeps what they would tell."""

    def __init__(self, rehearsal: Callable[[], tuple[Cases, Rehearsal]], catalogue: Services, audit: Audit) -> None:
        self._rehearsal, self._catalogue, self._audit = rehearsal, catalogue, audit

    def of(self, act: Callable[[Cases], object], who: Session, now: datetime) -> dict[str, Any]:
        """Show the documents an act would put out; none where it has none. Raises what the act raises."""
        cases, rehearsal = self._rehearsal()
        act(cases)
        told = [(case, event) for case, event in rehearsal.told if event.name in DOCUMENTS]
        if told:
            fields = [f"documents.{event.name}" for _, event in told]
            self._audit.note(told[0][0].case_no, who.subject, LOOKED, fields, now)
        return {"documents": [self._shown(cases.open(case), event) for case, event in told]}

    def _shown(self, case: Case, event: Event) -> dict[str, Any]:
        beside = TO_SIGN if event.name is EventName.DELIVERED else {}
        draft = drafted(case, event, self._catalogue.get(case.service, case.version), **beside)
        return {
            "kind": str(event.name),
            "title": draft.title,
            "document_no": LATER,
            "paragraphs": [{"sort": sort, "text": text} for sort, text in draft.body],
            "signed": list(draft.signed),
        }
