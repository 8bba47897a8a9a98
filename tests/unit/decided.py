"""A case as it stands after the decision, over a table in memory: where payment, delivery and rating begin."""

from __future__ import annotations

from typing import Any

from chalicelib.cases.model import Case, CaseFile, Event, Row
from chalicelib.catalogue.model import Service
from chalicelib.intake.model import Intake
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status
from tests.unit.memory import MemoryStore, cases
from tests.unit.office import desk
from tests.unit.samples import NOW, Services, application, service

OWNER, PHONE = "wx:oOwner00000000000000000000001", "13800001234"
COUNTER = {"address": "成都市青羊区草市街2号", "hours": "工作日9:00至17:00"}
FEE = {
    "items": [{"code": "f1", "name": "工本费", "amount_fen": 8000, "basis": "发改价格规〔2016〕2559号"}],
    "counter": COUNTER,
}
HOME = {"method": "courier", "name": "张三丰", "phone": PHONE, "address": "四川省成都市青羊区人民中路1号"}
PICKUP = {"address": "成都市高新区锦城大道366号", "hours": "工作日9:00-17:00"}
_ROAD = {
    Status.GRANTED: (Status.GRANTED,),
    Status.DENIED: (Status.DENIED,),
    Status.NOT_ACCEPTED: (Status.NOT_ACCEPTED,),
    Status.DELIVERED: (Status.GRANTED, Status.DELIVERED),
    Status.CLOSED: (Status.GRANTED, Status.DELIVERED, Status.CLOSED),
    Status.VOID: (Status.VOID,),
    Status.SUBMITTED: (),
}


class Decided:
    """One filed case brought to a status, with its table and catalogue."""

    def __init__(self, status: Status = Status.GRANTED, delivery: dict[str, Any] | None = None, **changes: Any) -> None:
        given = {"fee": FEE, "delivery": ["electronic", "courier", "pickup"], "pickup": PICKUP}
        self.service: Service = service(**{**given, **changes})
        self.services = Services(self.service)
        self.store = MemoryStore()
        self.cases = cases(self.store)
        filed = application(channel="miniprogram", sender=OWNER)
        body = {**filed.body, **({"delivery": delivery} if delivery else {})}
        intake = Intake("application", filed.channel, OWNER, "m1", body, NOW)
        self.case_no: str = desk(self.cases, self.services).receive(intake, NOW).body["case_no"]
        for step in _ROAD[status]:
            self.move(step)

    @property
    def case(self) -> Case:
        return self.cases.head(self.case_no)

    def at(self, status: Status) -> bool:
        return self.case.status is status

    @property
    def file(self) -> CaseFile:
        return self.cases.whole(self.case_no)

    @property
    def events(self) -> list[str]:
        return [event.name for event in self.file.events]

    def move(self, status: Status) -> None:
        if status is Status.VOID:  # no event of ours makes a case void
            self.cases.amend(self.case, status=status)
        else:
            self.cases.record(self.case, Event(EventName(status), str(status), NOW), status)

    def row(self, key: str) -> Row:
        row = self.cases.row(self.case_no, key)
        assert row is not None, key
        return row
