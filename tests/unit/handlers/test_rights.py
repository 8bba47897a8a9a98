"""The table of rights, walked over the API's use cases: what each may do with a case, he does; what he may not, he is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib.approvals.supplements import waiting
from chalicelib.cases.model import Row
from chalicelib.cases.page import Pages
from chalicelib.cases.rights import RIGHTS, Act, Standing, may
from chalicelib.delivery.choices import Choices
from chalicelib.delivery.parcels import Parcels
from chalicelib.documents.service import Documents
from chalicelib.identity.model import Session
from chalicelib.intake.service import Desk
from chalicelib.vocabulary import codes
from chalicelib.vocabulary.statuses import Status
from handlers import cases as case_routes
from handlers import delivery as delivery_routes
from handlers import documents as document_routes
from handlers import intake as intake_routes
from handlers import payments as payment_routes
from handlers import ratings as rating_routes
from tests.unit.cases.audits import Audits
from tests.unit.delivery.fakes import Contracts
from tests.unit.dialogue.fakes import Box
from tests.unit.documents.fakes import RECEIPT, Counted, Shelf, nothing_is_set
from tests.unit.handlers.conftest import Call
from tests.unit.office import AnyFiles, desk, ratings
from tests.unit.payments.fakes import Till
from tests.unit.samples import ID, NOW, application, clerk, service

FILER, AGENT, CONTACT = "wx:oFiler", "13900000001", "13900000002"
PICTURE, FAR = "a" * 32, "2099-01-01T00:00:00+08:00"
WHO: dict[str, tuple[Session, set[Standing]]] = {
    "filer": (Session(FILER, "wechat"), {Standing.FILER}),
    "agent": (Session(f"tel:{AGENT}", "sms", phone=AGENT), {Standing.AGENT}),
    "contact": (Session(f"tel:{CONTACT}", "sms", phone=CONTACT), {Standing.CONTACT}),
    "contact in a mini-program": (Session("wx:oOther", "wechat", phone=CONTACT), {Standing.CONTACT}),
    "stranger": (Session("wx:oStranger", "wechat", phone="13900000009"), set()),
    "kiosk": (Session("kiosk:k1:v2", "kiosk", region="510100"), set()),
    "window": (clerk(), {Standing.WINDOW, Standing.OFFICE, Standing.OVERSIGHT}),
    "colleague at the window": (clerk("王芳"), {Standing.WINDOW, Standing.OFFICE, Standing.OVERSIGHT}),
    "department": (clerk("赵强", "cgw", "approver"), {Standing.OFFICE}),
    "another window": (clerk("钱进", "gaj"), {Standing.OVERSIGHT}),
    "supervisor elsewhere": (clerk("督办", "gaj", "supervisor"), {Standing.OVERSIGHT}),
    "cashier": (clerk("钱箱", "cgw", "cashier"), {Standing.CASHIER}),
    "another department": (clerk("孙立", "gaj", "approver"), set()),
}
FILED_BY = {
    "holder of what a window took": clerk(),
    "holder of what a kiosk's visitor sent": Session("kiosk:k1:v1", "kiosk", region="510100"),
}
"""Who sent the case of somebody in `WHO`, where it was not the filer."""
WHO |= {name: (WHO["contact"][0], {Standing.CONTACT, Standing.HOLDER}) for name in FILED_BY}
STATE = {Act.PAY: Status.AWAITING_PAYMENT, Act.RATE: Status.DELIVERED, Act.AMEND: Status.CORRECTION}
OFFICE_ROUTES = {Act.LOOK: ("GET", "/v1/staff/cases/{}", None), Act.READ: ("POST", "/v1/staff/cases/{}/reveal", "核对")}
ROUTES: dict[Act, tuple[str, str, Any]] = {
    Act.LOOK: ("GET", "/v1/cases/{}", None),
    Act.READ: ("GET", "/v1/cases/{}", None),
    Act.FILES: ("GET", f"/v1/materials/{PICTURE}?case_no={{}}", None),
    Act.DOCUMENTS: ("GET", "/v1/cases/{}/documents", None),
    Act.SUPPLEMENT: ("POST", "/v1/cases/{}/supplement", {"materials": [{"code": "photo", "material_id": "b" * 32}]}),
    Act.AMEND: ("POST", "/v1/cases/{}/supplement", {"form": {"place": "太古里"}}),
    Act.WITHDRAW: ("POST", "/v1/cases/{}/withdrawal", {}),
    Act.PAY: ("POST", "/v1/cases/{}/payment", {}),
    Act.RATE: ("POST", "/v1/cases/{}/rating", {"level": 5}),
    Act.DELIVER: ("POST", "/v1/cases/{}/delivery", {"method": "pickup"}),
}


class City:
    """One case with all its people, behind the real routes."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.till, self.audits = Till(), Audits()
        cases, services = self.till.cases, self.till.services
        self.desk: Desk = desk(cases, services, ratings(cases, services, Box()), AnyFiles)
        self.pages = Pages(cases, services, self.audits, can=[lambda file: list(codes.ACTS)])
        files = SimpleNamespace(opened=lambda handed, now: {"sender": handed["by"]})
        for routes, name, made in (
            (case_routes, "cases", cases),
            (case_routes, "pages", self.pages),
            (intake_routes, "pages", self.pages),
            (intake_routes, "desk", self.desk),
            (intake_routes, "materials", files),
            (
                document_routes,
                "papers",
                Documents(cases, services, Counted(), Shelf(), self.audits, nothing_is_set, nothing_is_set),
            ),
            (payment_routes, "payments", self.till.payments),
            (rating_routes, "desk", self.desk),
            (delivery_routes, "choices", Choices(cases, services, Parcels(cases, services, Contracts().couriers))),
        ):
            monkeypatch.setattr(routes, name, lambda made=made: made)
        self.file(WHO["filer"][0])

    def file(self, by: Session) -> None:
        """Take a case in, with an agent and a contact, that lies with two departments."""
        filed, cases = application(channel="window" if by.staff else "miniprogram", sender=by.subject), self.till.cases
        agent = {"name": "李四", "id_number": ID, "phone": AGENT}
        body = filed.body | {"contact": {"phone": CONTACT}, "agent": agent}
        body |= {"materials": [{"code": "photo", "material_id": PICTURE}]}
        self.case_no = str(self.desk.receive(replace(filed, body=body, who=by), filed.at).body["case_no"])
        for department in ("zwzx", "cgw"):
            data = {"department": department, "region": "510100"}
            cases.keep(Row(self.case_no, f"task#review#{department}#1", "task", "open", outcome="approve", data=data))
        cases.keep(RECEIPT.with_(case_no=self.case_no))

    def who(self, name: str) -> tuple[Session, set[Standing]]:
        """Return somebody and what he is on the case, which is filed anew where it is another's."""
        if name in FILED_BY:
            self.file(FILED_BY[name])
        return WHO[name]

    def at(self, act: Act) -> None:
        """Bring the case to where the act is open."""
        cases = self.till.cases
        cases.amend(
            cases.head(self.case_no).plus(before_correction="submitted"), status=STATE.get(act, Status.SUBMITTED)
        )
        if act is Act.AMEND:
            task = Row(self.case_no, "task#review#cgw#1", "task", "open", data={"department_name": "市城管委"})
            asked = [{"code": "words-1", "text": "地点", "group": "words"}]
            cases.keep(waiting(cases.whole(self.case_no), task, service(), asked, NOW)[1])
        if act is Act.RATE:
            cases.amend(cases.head(self.case_no).plus(rate_until=FAR))
        if act is Act.DELIVER:
            cases.amend(cases.head(self.case_no).plus(delivery="courier"))
        if act is Act.PAY:
            bill = self.till.bill
            cases.keep(replace(bill, case_no=self.case_no, rev=0, data=bill.data | {"until": FAR}))


def does(call: Call, city: City, who: Session, act: Act) -> tuple[int, Any]:
    """Let somebody do an act by its address."""
    method, path, body = OFFICE_ROUTES.get(act, ROUTES[act]) if who.staff else ROUTES[act]
    return call(who, method, path.format(city.case_no), {"purpose": body} if isinstance(body, str) else body)


@pytest.fixture
def city(monkeypatch: pytest.MonkeyPatch) -> City:
    return City(monkeypatch)


def test_the_table_names_everybody_and_every_act_a_page_offers() -> None:
    assert set(RIGHTS) == set(Standing) and set(codes.ACTS) <= set(Act) and set(ROUTES) == set(Act)
    assert set.union(*(standing for _, standing in WHO.values())) == set(Standing)


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("name", WHO)
def test_what_each_may_do_he_does_and_nothing_else(city: City, call: Call, name: str, act: Act) -> None:
    who, standing = city.who(name)
    city.at(act)
    status, body = does(call, city, who, act)
    allowed = may(standing, act)
    if act is Act.READ and not who.staff:  # one page for both: in clear, or masked
        assert (ID in json.dumps(body)) is allowed
    else:
        assert (status < 300) is allowed, body
        assert allowed or status in (403, 404)
    traced = allowed and who.staff and act in (Act.READ, Act.FILES, Act.DOCUMENTS)
    assert [note[:2] for note in city.audits.notes] == ([(city.case_no, who.subject)] if traced else [])


@pytest.mark.parametrize("name", WHO)
def test_nobody_sees_the_number_who_may_not_read_it(city: City, call: Call, name: str) -> None:
    who, standing = city.who(name)
    assert (ID in json.dumps(does(call, city, who, Act.LOOK)[1])) is (may(standing, Act.READ) and not who.staff)


@pytest.mark.parametrize("name", [name for name, (who, _) in WHO.items() if not who.staff])
def test_a_page_offers_what_its_reader_may_do(city: City, call: Call, name: str) -> None:
    who, standing = city.who(name)
    page = does(call, city, who, Act.LOOK)[1]
    assert page.get("can", []) == [act for act in codes.ACTS if may(standing, Act(act))]
    assert page.get("masked", True) is not may(standing, Act.READ)


@pytest.mark.parametrize("name", [name for name, (who, held) in WHO.items() if who.staff and may(held, Act.LOOK)])
def test_an_office_is_offered_a_look_in_clear_only_where_it_may_have_one(city: City, call: Call, name: str) -> None:
    who, standing = city.who(name)
    assert does(call, city, who, Act.LOOK)[1]["clear"] is may(standing, Act.READ)


@pytest.mark.parametrize(
    ("name", "by"), [("filer", "提交人"), ("agent", "代办人"), ("contact", "联系人"), ("window", "窗口")]
)
def test_the_timeline_says_who_it_was(city: City, call: Call, name: str, by: str) -> None:
    who, _ = city.who(name)
    city.at(Act.SUPPLEMENT)
    does(call, city, who, Act.SUPPLEMENT)
    event = city.till.cases.whole(city.case_no).events[-1]
    assert (event.by, event.text) == (by, f"{by}已补交材料（材料：现场照片）")
    assert event.actor == (who.subject if who.staff else "")


@pytest.mark.parametrize(("name", "by"), [("filer", "提交人"), *((name, "联系人") for name in FILED_BY)])
def test_what_was_given_up_says_by_whom(city: City, call: Call, name: str, by: str) -> None:
    who, _ = city.who(name)
    city.at(Act.WITHDRAW)
    does(call, city, who, Act.WITHDRAW)
    assert city.till.cases.whole(city.case_no).events[-1].text == f"{by}撤回了申请"
