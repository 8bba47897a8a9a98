"""An application for any service of the city, filled in by the examples of its form, filed at the real desk; and what its papers say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from chalicelib.cases.model import Event
from chalicelib.catalogue.loader import load
from chalicelib.catalogue.model import Service
from chalicelib.documents.drafts import Draft, drafted
from chalicelib.identity.model import Session
from chalicelib.intake.model import Intake
from chalicelib.vocabulary.events import EventName
from tests.unit.documents.fakes import DATA
from tests.unit.memory import cases
from tests.unit.office import desk
from tests.unit.s3 import PDF, S3
from tests.unit.samples import NOW, Services

SERVICES = {each.code: each for each in load(Path(__file__).resolve().parents[3] / "services")}
SENDER = "tel:13800001234"
HOME = {"method": "courier", "name": "张三丰", "phone": "13800001234", "address": "四川省成都市青羊区人民中路1号"}


class Filed:
    """One case of a service; `s3` has the files, one for each material the applicant brings."""

    def __init__(
        self,
        service: Service,
        s3: S3 | None = None,
        form: dict[str, Any] | None = None,
        who: Session | None = None,
        **body: Any,
    ) -> None:
        self.service, self.cases = service, cases()
        examples = {name: field["examples"][0] for name, field in service.form["properties"].items()}
        given = {"service": service.code, "form": examples | (form or {}), "contact": {"phone": "13800001234"}}
        if service.delivery[0] == "courier":
            given["delivery"] = HOME
        if s3:
            own = [each.code for each in service.materials if each.source == "self"]
            given["materials"] = [{"code": code, "material_id": _put(s3)} for code in own]
        there = desk(self.cases, Services(service), files=s3.materials if s3 else lambda: S3(None).materials())
        channel, sender = ("window", who.subject) if who else ("web", SENDER)
        received = there.receive(Intake("application", channel, sender, "m1", {**given, **body}, NOW, who), NOW)
        self.case_no: str = received.body["case_no"]

    def paper(self, name: EventName, by: str = "", **data: Any) -> Draft:
        """Return the document of an event that could follow, with every fact there is, or the receipt."""
        if name is EventName.SUBMITTED:
            return self.of(self.cases.whole(self.case_no).event(1))
        return self.of(Event(name, "已领取", NOW, by, {**DATA, **data}))

    def of(self, event: Event) -> Draft:
        """Return the document of an event."""
        return drafted(self.cases.opened(self.case_no), event, self.service)

    def said(self, name: EventName, by: str = "", **data: Any) -> list[str]:
        """Return the paragraphs of `paper`."""
        return [text for _, text in self.paper(name, by, **data).body]


def _put(s3: S3) -> str:
    """Let a file lie in the bucket; return its number."""
    made = s3.materials().upload(SENDER, {"type": "application/pdf", "size": 100}, NOW)
    assert s3.post(made["upload"]["url"], made["upload"]["fields"], PDF) == 204
    return str(made["material_id"])
