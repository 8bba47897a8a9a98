"""What a case owes is counted once for good when it is granted, by the form and the proofs as they are then."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.approvals.versions import uncounted
from chalicelib.cases import fee
from chalicelib.cases.model import Event
from chalicelib.cases.page import Pages
from chalicelib.identity.model import Session
from chalicelib.vocabulary.statuses import Status
from chalicelib.workflows.model import begun_by
from tests.unit.approvals import fakes
from tests.unit.approvals.fakes import APPROVER, Office
from tests.unit.cases.audits import Audits
from tests.unit.decided import COUNTER
from tests.unit.samples import application, clerk, service

POOR = {
    "id": "poor",
    "question": "您是低保对象吗？",
    "options": [
        {"value": "no", "label": "不是", "materials": []},
        {"value": "yes", "label": "是", "materials": ["photo"]},
    ],
}
FEE = {
    "items": [
        {
            "code": "use",
            "name": "占用费",
            "basis": "某条例第一条",
            "unit_fen": 50,
            "times": [{"field": "area", "unit": "平方米"}],
        }
    ],
    "exemptions": [
        {"when": {"poor": "yes"}, "reason": "低保对象免收", "basis": "某条例第二条", "proof": "photo", "percent": 0}
    ],
    "counter": COUNTER,
}
DECIDE = {"id": "decide", "name": "决定", "kind": "decision", "departments": ["cgw"], "limit_days": 1}


def of(**changes: Any) -> dict[str, Any]:
    plain = service().form
    fields = {
        **plain["properties"],
        "area": {"type": "integer", "minimum": 1, "maximum": 500, "title": "面积", "x-ask": "面积？"},
        "poor": {"type": "string", "enum": ["no", "yes"], "title": "低保", "x-ask": "低保？"},
    }
    form = {**plain, "properties": fields, "required": [*plain["required"], "area"], "x-order": list(fields)}
    return {"form": form, "fee": FEE, "situations": [POOR], **changes}


class Counted(Office):
    """A case whose fee is counted by its area, filed without any proof."""

    def __init__(self) -> None:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(fakes, "application", lambda: application(area=20))
            super().__init__(DECIDE, **of())
        self.open("decide", "cgw")

    def granted(self) -> Event:
        self.decide(APPROVER, "decide", "approve")
        return self.last()

    def page(self, who: Session) -> dict[str, Any]:
        return Pages(self.cases, self.catalogue, Audits()).staff(self.case_no, who)

    def form(self, materials: tuple[str, ...] = (), **form: Any) -> Counted:
        """Let form and materials be these."""
        case = self.cases.opened(self.case_no)
        private = dict(case.private or {})
        private["form"] = private["form"] | form
        private["materials"] = [{"code": each, "material_id": "1"} for each in materials]
        self.cases.amend(self.cases.sealed(case, private))
        return self


def test_article_58_the_fee_is_that_of_the_form_as_it_stands_at_the_decision() -> None:
    office = Counted().form(area=30)
    event = office.granted()
    assert event.data["fee_fen"] == 1500 == office.cases.head(office.case_no).facts["fee_fen"]
    assert event.data["fee"]["lines"][0]["how"] == "0.50元×30平方米" and event.text == "市城管委已同意，准予办理"
    assert begun_by(event.name, event.data) == "payment"
    office.form(area=400)
    assert office.page(APPROVER)["fee"] == event.data["fee"] | {"decided": True}, "what was decided stays"


def test_article_58_what_is_exempt_asks_for_no_payment_and_says_why() -> None:
    office = Counted().form(("photo",), poor="yes")
    event = office.granted()
    assert event.data["fee_fen"] == 0 and event.text.endswith("；低保对象免收，减10.00元，不用缴费")
    assert event.data["fee"]["reductions"][0]["proof_name"] == "现场照片"
    assert begun_by(event.name, event.data) == "delivery"


def test_an_exemption_whose_proof_is_not_in_does_not_count_and_the_clerk_sees_it() -> None:
    office = Counted().form(poor="yes")
    told = office.page(APPROVER)["fee"]
    assert told["total_fen"] == 1000 and not told["decided"] and told["unproved"][0]["reason"] == "低保对象免收"
    assert office.granted().data["fee_fen"] == 1000


def test_a_service_without_a_fee_opens_nothing_to_count_it() -> None:
    office = Office(DECIDE)
    office.open("decide", "cgw")
    office.cases.open = None  # type: ignore[assignment, method-assign]
    office.decide(APPROVER, "decide", "approve")
    assert office.last().data["fee_fen"] == 0 and "fee" not in office.last().data
    assert office.status() is Status.GRANTED and fee.decided(office.cases.whole(office.case_no)) is None


def test_a_receipt_says_what_it_will_cost() -> None:
    office = Counted()
    reply = office.desk.receive(application("m9", area=40), office.now)
    assert reply.body["fee"]["total_fen"] == 2000 and "准予后应缴费20.00元。" in reply.text


def test_a_form_that_lacks_what_a_new_fee_asks_for_is_not_moved_to_it() -> None:
    office = Office(DECIDE)
    case, old = office.cases.head(office.case_no), service(stages=[DECIDE])
    assert uncounted(case, old, old) == ""
    asks = service(stages=[DECIDE], **of())
    assert "收费要看" in uncounted(case, old, asks) and uncounted(case, asks, asks) == ""
    assert uncounted(case.with_(status=Status.GRANTED), old, asks) == ""


def test_a_cashier_sees_what_is_owed_and_nothing_in_clear() -> None:
    office = Counted()
    page = office.page(clerk("钱箱", "cgw", "cashier"))
    assert page["fee"]["total_fen"] == 1000 and "*" in page["form"]["id_number"] and page["clear"] is False
