"""What papers say, word for word, over every service of the city: nothing that is not so."""

from __future__ import annotations

import pytest

from chalicelib.vocabulary.events import EventName
from tests.unit.documents.filed import SERVICES, Filed
from tests.unit.s3 import S3


@pytest.mark.parametrize("code", SERVICES)
def test_a_receipt_lists_what_was_handed_in_as_the_service_names_it(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said = Filed(SERVICES[code], S3(monkeypatch)).said(EventName.SUBMITTED)
    own = [each.name for each in SERVICES[code].materials if each.source == "self"]
    assert [text for text in said if text[:1].isdigit()] == [f"{place}. {name}" for place, name in enumerate(own, 1)]
    assert ("已收到的申请材料：" in said) is bool(own)
