"""Who takes no part in a rating: staff do not rate, whose own work was rated sees nothing, the rater stays unknown."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.cases.model import Row
from chalicelib.cases.page import Pages
from chalicelib.kernel.errors import Forbidden, InvalidInput, NotFound
from chalicelib.ratings import model, parts, rectifications
from chalicelib.ratings.model import CONTACT, RECTIFICATION, STORY, VERIFY
from chalicelib.tasks.model import Decision, TaskKey
from chalicelib.vocabulary.events import EventName
from tests.unit.cases.audits import Audits
from tests.unit.decided import OWNER, PHONE
from tests.unit.ratings.pad import ABOVE, BOSS, LATER, Pad
from tests.unit.samples import clerk


@pytest.mark.parametrize("who", ["session", "phone", "wechat"])
def test_no_rating_from_staff_of_a_department_that_worked_on_it(who: str) -> None:
    pad = Pad()
    pad.offices.phones = {PHONE: "cgw", OWNER: "cgw"}
    staff = clerk("受理", "zwzx", "clerk")
    ways: dict[str, dict[str, Any]] = {
        "session": {"sender": staff.subject, "channel": "window", "who": staff},
        "phone": {"sender": f"tel:{PHONE}", "channel": "sms"},
        "wechat": {},
    }
    before = pad.file
    with pytest.raises((Forbidden, NotFound)) as told:
        pad.rate(5, **ways[who])
    assert who == "session" or told.value.code == "staff_rating"
    assert pad.file == before
    pad.offices.phones = {OWNER: "elsewhere"}
    assert pad.rate(5).created, "elsewhere he is a citizen"


class Worked(Pad):
    """A case that BOSS had decided himself."""

    def __init__(self) -> None:
        super().__init__()
        task = Row(self.case_no, "task#decide#cgw#1", "task", "decided", outcome="approve")
        self.cases.keep(
            task.with_(data={"kind": "decision", "department": "cgw", "region": "510100", "decided_by": BOSS.subject})
        )
        self.cases.keep(task.with_(key="task#accept#zwzx#1", data={"kind": "acceptance", "decided_by": "staff:李娜"}))


def test_whose_own_work_was_rated_neither_sees_nor_claims_nor_decides_nor_gets_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pad, other = Worked(), clerk("督办二岗", "cgw", "supervisor")
    pad.rate(1, text="慢")
    task_id = TaskKey.of(pad.work(VERIFY)).task_id
    assert pad.desk.mine(BOSS, LATER)[0] == [] and len(pad.desk.mine(other, LATER)[0]) == 1
    with pytest.raises(Forbidden) as told:
        pad.desk.claim(BOSS, task_id, LATER)
    assert told.value.code == "own_work"
    with pytest.raises(Forbidden):
        pad.desk.decide(BOSS, task_id, Decision("approve", "属实"), LATER)
    with pytest.raises(InvalidInput):
        pad.desk.hand_over(other, task_id, "督办", LATER)
    monkeypatch.setattr(parts, "ratings", lambda: pad.ratings)
    monkeypatch.setattr(parts, "stepping", lambda: pad.stepping)
    able, service = parts.CAPABILITY, pad.service
    assert able.staff_page and able.veils and able.in_clear
    assert able.staff_page(pad.file, service, BOSS) == {"rating": None, "rectification": None}
    assert EventName.RATED in able.veils(pad.file, BOSS) and able.veils(pad.file, other) == ()
    assert able.in_clear(pad.file, BOSS) == {"rating_words": None} and able.in_clear(pad.file, other)["rating_words"]
    assert able.staff_page(pad.file, service, other)["rectification"]["state"] == "new"
    pad.desk.decide(other, task_id, Decision("approve", "属实"), LATER)
    assert pad.state == "rectifying"


def test_a_step_says_who_did_it_when_and_in_which_words(monkeypatch: pytest.MonkeyPatch) -> None:
    pad = Pad()
    pad.answered()
    monkeypatch.setattr(parts, "stepping", lambda: pad.stepping)
    assert parts.CAPABILITY.staff_page
    shown = parts.CAPABILITY.staff_page(pad.file, pad.service, BOSS)["rectification"]
    assert [(each["kind"], each["by"]) for each in shown["steps"]] == [
        (CONTACT, "督办"),
        (VERIFY, "督办"),
        (RECTIFICATION, "督办"),
    ]
    assert shown["steps"][2]["words"] == "已对窗口人员培训" and shown["state_name"] == "已答复，待回访"
    assert parts.CAPABILITY.staff_page(pad.file, pad.service, ABOVE)["rectification"] is None, "not theirs yet"


def test_words_of_a_call_are_on_no_timeline_and_an_anonymous_rater_is_named_nowhere() -> None:
    pad = Pad()
    pad.rate(1, text="慢", anonymous=False)
    pad.do(CONTACT, words="评价人说窗口推诿")
    assert "推诿" not in repr(pad.file.events)
    hidden = Pad()
    hidden.rate(1, text="慢")
    assert "申请人" not in hidden.file.events[-1].text + hidden.file.events[-1].by


def test_the_story_staff_read_has_no_rating_of_their_own_work() -> None:
    pad = Worked()
    pad.rate(1, text="慢")
    pages = Pages(pad.cases, pad.services, Audits(), veils=[lambda file, who: STORY if who == BOSS else ()])
    for who, seen in ((BOSS, False), (clerk("督办二岗", "cgw", "supervisor"), True)):
        assert ("rated" in [each["event"] for each in pages.staff(pad.case_no, who)["timeline"]]) is seen


def test_a_supervisor_who_confirmed_a_revision_of_the_case_did_not_do_what_was_rated() -> None:
    pad = Pad()
    looked = {"kind": "revising", "department": "cgw", "region": "510100", "decided_by": BOSS.subject}
    pad.cases.keep(Row(pad.case_no, "task#revising#cgw#1", "task", "decided", outcome="approve", data=looked))
    pad.rate(1, text="慢")
    assert rectifications.involved(pad.file) == () and len(pad.desk.mine(BOSS, LATER)[0]) == 1
    done = {"kind": "handover", "department": "zwzx", "region": "510100", "decided_by": "staff:李娜"}
    pad.cases.keep(Row(pad.case_no, "task#handover#zwzx#1", "task", "decided", outcome="approve", data=done))
    assert rectifications.involved(pad.file) == ("staff:李娜",)


def test_every_kind_that_is_the_service_is_a_kind_there_is() -> None:
    assert set(wiring.kinds()) >= rectifications.RATED_WORK
    assert not rectifications.RATED_WORK & {*model.WORK, "voiding", "revising", "refund"}
