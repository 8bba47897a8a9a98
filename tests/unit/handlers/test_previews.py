"""The routes that show a paper before it is sent: the body of the act, checked as the act checks it, and never the act itself."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chalicelib.approvals.decisions import Decisions
from chalicelib.approvals.numbers import Unnumbered
from chalicelib.approvals.procedures import Procedures
from chalicelib.approvals.special import Procedure
from chalicelib.approvals.transfers import Transfers
from chalicelib.cases.service import Cases
from chalicelib.documents.previews import Previews
from chalicelib.identity.model import Session
from chalicelib.kernel import clock
from chalicelib.tasks.service import Tasks
from handlers import approvals
from handlers import tasks as task_routes
from tests.unit.approvals.fakes import APPROVER, POLICE, Office, reviewing
from tests.unit.cases.audits import Audits
from tests.unit.cases.test_rehearsal import rehearsal
from tests.unit.handlers.conftest import Call
from tests.unit.office import tasks
from tests.unit.samples import NOW, clerk

HEAD = clerk("周正", "cgw", "supervisor")


def never() -> Any:
    raise AssertionError("the act itself was asked for")


class Desk:
    """One case that is reviewed, behind the real routes; the acts themselves are out of reach."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.office: Office = reviewing()
        catalogue = self.office.catalogue

        def previewed(act: Any, who: Session, now: Any) -> dict[str, Any]:
            return Previews(lambda: rehearsal(self.office.store), catalogue, Audits()).of(act, who, now)

        def desks(over: Cases) -> Tasks:
            follow = Decisions(over, catalogue, Unnumbered()).follow
            return tasks(over, dict.fromkeys(("acceptance", "review", "decision"), follow))

        for routes in (approvals, task_routes):
            monkeypatch.setattr(routes, "previewed", previewed)
        monkeypatch.setattr(approvals, "procedures_over", lambda over: Procedures(over, catalogue))
        monkeypatch.setattr(approvals, "transfers_over", lambda over: Transfers(over, catalogue))
        monkeypatch.setattr(task_routes, "tasks_over", desks)
        for routes, real in ((approvals, "procedures"), (approvals, "transfers"), (task_routes, "tasks")):
            monkeypatch.setattr(routes, real, never)
        monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def test_each_shows_its_paper_as_the_api_document_says(desk: Desk, call: Call) -> None:
    number, shown = desk.office.case_no, {}
    asked: list[tuple[Session, str, dict[str, Any]]] = [
        (APPROVER, f"/v1/staff/cases/{number}/suspension", {"kind": "review", "reason": "评审", "until": "2026-07-20"}),
        (HEAD, f"/v1/staff/cases/{number}/extension", {"days": 2, "reason": "情况复杂"}),
        (APPROVER, f"/v1/tasks/{number}.review.cgw.1/decision", {"outcome": "correct", "missing": [{"text": "照片"}]}),
    ]
    for who, path, body in asked:
        status, answer = call(who, "POST", f"{path}/preview", body)
        assert status == 200
        (document,) = answer["documents"]
        assert set(document) == {"kind", "title", "document_no", "paragraphs", "signed"}
        shown[document["kind"]] = document["title"]
    assert shown == {
        "suspended": "特别程序告知书",
        "extended": "延长办理期限告知书",
        "correction_requested": "补正告知书",
    }


def test_article_48_the_paper_that_calls_a_hearing_off_is_shown_before_it_is_sent(desk: Desk, call: Call) -> None:
    asked = Procedure("hearing", "申请人要求听证", date(2026, 7, 14), date(2026, 7, 13), "上午9时，三楼听证室")
    desk.office.procedures.suspend(desk.office.case_no, APPROVER, asked, NOW)
    place = f"/v1/staff/cases/{desk.office.case_no}/resumption/preview"
    status, answer = call(APPROVER, "POST", place, {"result": "申请人撤回听证要求"})
    (document,) = answer["documents"]
    assert status == 200 and (document["kind"], document["title"]) == ("resumed", "特别程序结束告知书")
    assert "不举行的听证：2026年7月13日，上午9时，三楼听证室，请不要前往" in [
        each["text"] for each in document["paragraphs"]
    ]
    assert call(POLICE, "POST", place, {"result": "申请人撤回听证要求"})[0] == 403, "another began it"


@pytest.mark.parametrize(
    ("who", "path", "body", "status", "field"),
    [
        (APPROVER, "suspension", {"kind": "nap", "reason": "评审", "until": "2026-07-20"}, 400, "kind"),
        (APPROVER, "suspension", {"kind": "review", "reason": "评审", "until": "2026-06-20"}, 400, "until"),
        (HEAD, "extension", {"days": 16, "reason": "情况复杂"}, 400, "days"),
        (APPROVER, "extension", {"days": 2, "reason": "情况复杂"}, 403, None),
        (APPROVER, "transfer", {"organ": "省交通厅", "opinion": "建议准予"}, 403, None),
        (APPROVER, "transfer", {"organ": "省交通厅"}, 400, "opinion"),
    ],
)
def test_it_refuses_what_the_act_refuses(
    desk: Desk, call: Call, who: Session, path: str, body: dict[str, Any], status: int, field: str | None
) -> None:
    found, answer = call(who, "POST", f"/v1/staff/cases/{desk.office.case_no}/{path}/preview", body)
    assert found == status and [each["path"] for each in answer.get("fields", [])] == ([field] if field else [])


def test_article_38_the_conditions_named_are_on_the_paper_and_others_are_refused(desk: Desk, call: Call) -> None:
    number = desk.office.case_no
    body: dict[str, Any] = {"outcome": "reject", "opinion": "未成年", "unmet": ["年满十八周岁"]}
    status, answer = call(APPROVER, "POST", f"/v1/tasks/{number}.review.cgw.1/decision/preview", body)
    assert (status, [each["path"] for each in answer["fields"]]) == (400, ["unmet"]), "an opinion refuses nothing"
    for who in (APPROVER, POLICE):
        desk.office.decide(who, "review", "approve")
    desk.office.open("decide", "cgw")
    place = f"/v1/tasks/{number}.decide.cgw.1/decision/preview"
    status, answer = call(APPROVER, "POST", place, body)
    (document,) = answer["documents"]
    said = [each["text"] for each in document["paragraphs"]]
    assert status == 200 and said[said.index("不符合的条件：") + 1] == "1. 年满十八周岁"
    status, answer = call(APPROVER, "POST", place, body | {"unmet": ["年满十八周岁", "身高一米八"]})
    assert (status, answer["fields"][0]["path"]) == (400, "unmet.1") and "没有这一条" in answer["fields"][0]["message"]
