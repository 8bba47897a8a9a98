"""Acts of an office on a case (`codes.OFFICE_ACTS`): which are open to who reads it, by the very checks the acts make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chalicelib.capability import Check
from chalicelib.cases.model import CaseFile
from chalicelib.catalogue.model import Service
from chalicelib.identity.model import Session
from chalicelib.kernel.errors import Conflict, Forbidden
from chalicelib.vocabulary.codes import OfficeAct


def open_to(checks: Mapping[OfficeAct, Check], file: CaseFile, service: Service, who: Session) -> Iterator[OfficeAct]:
    """Yield the acts whose check lets who reads the case do them."""
    for act, check in checks.items():
        try:
            check(file, service, who)
        except (Forbidden, Conflict):
            continue
        yield act
