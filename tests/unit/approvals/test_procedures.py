"""Special procedures (《行政许可法》第45条) and extension (第42条): what they take and no more, by whom, once."""

from __future__ import annotations

from datetime import date

import pytest

from chalicelib.approvals.procedures import CHECKS, Procedures
from chalicelib.approvals.special import Procedure
from chalicelib.cases.acts import open_to
from chalicelib.identity.model import Session
from chalicelib.intake.model import Intake
from chalicelib.kernel.errors import Conflict, Forbidden, InvalidInput
from chalicelib.tasks.model import lit
from chalicelib.vocabulary.statuses import Status
from tests.unit.approvals.fakes import APPROVER, POLICE, Office, reviewing
from tests.unit.samples import clerk

HEAD = clerk("负责人", "cgw", "supervisor")


class Acting:
    """A case accepted on 1 July, promised by the 8th, reviewed by two departments; what is done to its time."""

    def __init__(self) -> None:
        self.office: Office = reviewing()
        self.procedures = Procedures(self.office.cases, self.office.catalogue)

    def suspend(self, day: str = "07-03", until: str = "2026-07-10", who: Session = APPROVER) -> None:
        self.office.on(day)
        asked = Procedure("appraisal", "需要结构安全鉴定", date.fromisoformat(until))
        self.procedures.suspend(self.office.case_no, who, asked, self.office.now)

    def resume(self, day: str, who: Session = APPROVER) -> None:
        self.office.on(day)
        self.procedures.resume(self.office.case_no, who, "鉴定合格", self.office.now)

    def open(self) -> dict[str, list[str]]:
        """The acts open to each."""
        readers = {
            "审批": APPROVER,
            "公安": POLICE,
            "窗口": clerk(),
            "外人": clerk("外人", "mzj", "approver"),
            "负责人": HEAD,
        }
        file = self.office.cases.whole(self.office.case_no)
        service = self.office.catalogue.get(file.case.service, file.case.version)
        return {name: [*open_to(CHECKS, file, service, who)] for name, who in readers.items()}

    def extend(self, days: int, who: Session = HEAD) -> None:
        self.procedures.extend(self.office.case_no, who, days, "案情复杂", self.office.now)


def test_article_45_the_time_of_a_special_procedure_does_not_count_and_is_told() -> None:
    acting = Acting()
    acting.suspend()
    office = acting.office
    assert office.status() is Status.SUSPENDED and office.last().text == (
        "市城管委依法进行鉴定：需要结构安全鉴定（至7月10日，所需时间不计入办理期限）"
    )
    with pytest.raises(Conflict, match="特别程序期间"):
        office.decide(POLICE, "review", "approve")
    acting.resume("07-08")
    assert office.status() is Status.IN_REVIEW and office.due() == "07-13", "6, 7, 8 July are given back"
    assert office.last().text == "鉴定结束：鉴定合格，继续办理，承诺办结日因特别程序顺延3个工作日，改为7月13日"
    office.decide(POLICE, "review", "approve")


def test_who_reads_the_case_is_told_the_acts_open_to_him_and_no_others() -> None:
    acting = Acting()
    runs, head = ["suspend", "examine"], ["suspend", "extend", "examine"]
    assert acting.open() == {"审批": runs, "公安": runs, "窗口": [], "外人": [], "负责人": head}
    acting.suspend()
    standing = ["resume", "examine"]
    assert acting.open() == {"审批": standing, "公安": ["examine"], "窗口": [], "外人": [], "负责人": standing}
    acting.resume("07-08", HEAD)
    acting.extend(10)
    assert acting.open() == {"审批": runs, "公安": runs, "窗口": [], "外人": [], "负责人": runs}
    acting.office.decide(POLICE, "review", "approve")
    assert acting.open()["公安"] == []


def test_it_is_told_with_its_last_day_to_whoever_asks_how_the_case_stands() -> None:
    acting = Acting()
    acting.suspend()
    office = acting.office
    asked = Intake("query", "sms", "tel:13800001234", "", {"case_no": office.case_no}, office.now)
    assert office.desk.receive(asked, office.now).text == (
        "“占道经营许可”特别程序中，依法进行鉴定，至7月10日，特别程序期间不计时，之后3个工作日内办结。"
    )


def test_article_45_it_ends_by_itself_the_day_after_the_last_it_was_said_to_take_and_takes_no_more() -> None:
    acting = Acting()
    acting.suspend()
    office = acting.office
    assert acting.procedures.resume_due(office.on("07-10").now) == 0
    assert acting.procedures.resume_due(office.on("07-13").now) == 1
    assert office.status() is Status.IN_REVIEW and office.due() == "07-15", "6 to 10 July: five days"
    assert acting.procedures.resume_due(office.now) == 0 and office.cases.head(office.case_no).desk is None


def test_article_45_it_is_begun_by_who_reviews_or_decides_and_ended_by_who_began_it() -> None:
    acting = Acting()
    for who in (clerk(), clerk("外人", "mzj", "approver"), clerk("外人", "mzj", "supervisor")):
        with pytest.raises(Forbidden):
            acting.suspend(who=who)
    acting.suspend(who=POLICE)
    with pytest.raises(Conflict):
        acting.suspend()
    for who in (APPROVER, HEAD):
        with pytest.raises(Forbidden, match="由市公安局提出，由市公安局结束"):
            acting.resume("07-07", who)
    acting.resume("07-07", POLICE)
    with pytest.raises(Conflict):
        acting.resume("07-07", POLICE)


@pytest.mark.parametrize(
    ("until", "right"),
    [
        ("2026-07-02", False),
        ("2026-07-03", False),
        ("2026-07-04", True),
        ("2027-07-03", True),
        ("2027-07-04", False),
        ("9999-12-31", False),
    ],
)
def test_its_last_day_is_to_come_and_comes(until: str, right: bool) -> None:
    acting = Acting()
    if right:
        acting.suspend(until=until)
        assert acting.office.status() is Status.SUSPENDED
        return
    with pytest.raises(InvalidInput) as refused:
        acting.suspend(until=until)
    assert refused.value.fields[0].path == "until"


def test_a_task_that_comes_late_takes_a_special_procedure_off_no_desk() -> None:
    acting = Acting()
    office = acting.office
    late = "task#review#gaj#1"
    del office.store.kept[office.case_no, late]  # its step was tried again for a while
    acting.suspend()
    desk = office.cases.head(office.case_no).desk
    office.open("review", "gaj", "t3")
    assert office.row(late).token == "t3" and office.cases.head(office.case_no).desk == desk
    assert acting.procedures.resume_due(office.on("07-13").now) == 1


def test_article_42_extension_once_by_the_head_of_who_decides_with_its_reason_told() -> None:
    acting = Acting()
    acting.extend(10)
    office = acting.office
    assert office.due() == "07-22" and office.last().text == (
        "经市城管委负责人批准延长10个工作日：案情复杂，承诺办结日因延长审批顺延10个工作日，改为7月22日"
    )
    with pytest.raises(Conflict, match="只能延长一次"):
        acting.extend(1)


@pytest.mark.parametrize("who", [APPROVER, clerk("别的负责人", "gaj", "supervisor")])
def test_nobody_else_extends(who: Session) -> None:
    with pytest.raises(Forbidden):
        Acting().extend(5, who)


def test_what_is_not_accepted_is_not_extended_nor_suspended() -> None:
    office = Office()
    office.open("accept", "zwzx")
    with pytest.raises(Conflict):
        Procedures(office.cases, office.catalogue).extend(office.case_no, HEAD, 5, "案情复杂", office.now)


def test_while_a_case_stands_no_lamp_is_lit_over_work_that_nobody_may_do() -> None:
    acting = Acting()
    office, late = acting.office, date(2026, 8, 10)
    acting.suspend(until="2026-08-31")
    row = office.row("task#review#gaj#1")
    assert lit(row, late) == "normal"
    acting.resume("08-10")
    again = office.row("task#review#gaj#1")
    assert lit(again, late) == "near" and not again.data["halted"], "what stood is given back to the work too"
    assert (row.due or "")[:10] == "2026-07-06" and (again.due or "")[:10] == "2026-08-11", "one day was left on 3 July"
    assert lit(again, date(2026, 8, 12)) == "overdue"


def test_the_same_procedure_again_is_asked_for_by_the_head_of_the_department() -> None:
    acting = Acting()
    acting.suspend()
    acting.resume("07-10")
    with pytest.raises(Forbidden, match="已经进行过鉴定"):
        acting.suspend("07-13", "2026-07-20")
    acting.suspend("07-13", "2026-07-20", HEAD)
    assert acting.office.status() is Status.SUSPENDED
