"""What clerks do with tasks: one has it, one decides it, and a supervisor steps in for one who left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib import wiring
from chalicelib.kernel import clock
from chalicelib.kernel.errors import Conflict, Forbidden, InvalidInput, NotFound
from chalicelib.tasks.model import Decision, TaskKey, new
from tests.unit.approvals.fakes import APPROVER, Office
from tests.unit.samples import NOW, clerk
from tests.unit.tasks.fakes import LI, SUPERVISOR, WORKED, ZHOU, Board


def test_two_clerks_one_decision() -> None:
    office = Office()
    office.open("accept", "zwzx")
    office.decide(clerk("李娜"), "accept", "approve")
    with pytest.raises(Conflict, match="李娜已在09:30办理：受理") as refused:
        office.decide(clerk("周杰"), "accept", "reject")
    assert refused.value.code == "already_decided"
    assert office.decide(clerk("李娜"), "accept", "approve")["decision"] == "approve"


def test_a_claim_is_respected() -> None:
    office = Office()
    office.open("accept", "zwzx")
    task_id = TaskKey(office.case_no, "accept", "zwzx", 1).task_id
    assert office.tasks.claim(clerk("李娜"), task_id, NOW)["claimed_by"] == "李娜"
    assert office.tasks.claim(clerk("李娜"), task_id, NOW)["claimed_by"] == "李娜"
    acts: tuple[Callable[[], object], ...] = (
        lambda: office.tasks.claim(clerk("周杰"), task_id, NOW),
        lambda: office.decide(clerk("周杰"), "accept", "approve"),
    )
    for act in acts:
        with pytest.raises(Conflict, match="李娜正在办理"):
            act()


def test_who_receives_does_not_decide() -> None:
    office = Office()
    office.open("accept", "zwzx")
    with pytest.raises(Forbidden, match="不同的人"):
        office.decide(clerk(role="approver"), "accept", "approve")
    with pytest.raises(Forbidden, match="其他部门"):
        office.tasks.claim(APPROVER, TaskKey(office.case_no, "accept", "zwzx", 1).task_id, NOW)


# — take, give back, hand over —


def test_what_is_released_is_anybodys_again_and_stays_on_record() -> None:
    board = Board()
    board.tasks.claim(LI, board.task_id, NOW)
    with pytest.raises(Forbidden):
        board.tasks.release(ZHOU, board.task_id, NOW)
    shown = board.tasks.release(LI, board.task_id, NOW)
    assert shown["status"] == "open" and "claimed_by" not in shown
    assert board.row.data["passed"] == [{"from": LI.subject, "to": "", "by": LI.subject, "at": clock.iso(NOW)}]
    assert board.tasks.claim(ZHOU, board.task_id, NOW)["claimed_by"] == "周杰"


def test_what_nobody_holds_is_released_by_a_supervisor_only_and_nothing_changes() -> None:
    board = Board()
    before = board.row
    with pytest.raises(Forbidden):
        board.tasks.release(LI, board.task_id, NOW)
    assert board.tasks.release(SUPERVISOR, board.task_id, NOW)["status"] == "open" and board.row == before


def test_handing_over_makes_the_colleague_the_holder() -> None:
    board = Board()
    board.tasks.claim(LI, board.task_id, NOW)
    shown = board.tasks.hand_over(LI, board.task_id, "周杰", NOW)
    assert (shown["claimed_by"], shown["mine"]) == ("周杰", False)
    with pytest.raises(Conflict, match="周杰正在办理"):
        board.tasks.decide(LI, board.task_id, Decision("approve"), NOW)
    with pytest.raises(Forbidden):
        board.tasks.hand_over(LI, board.task_id, "李娜", NOW)
    assert board.tasks.decide(ZHOU, board.task_id, Decision("approve"), NOW)["status"] == "decided"


@pytest.mark.parametrize("to", ["nobody", "赵强", "王芳", "督办", ""])
def test_only_a_colleague_of_the_same_desk_and_post_takes_over(to: str) -> None:
    board = Board()
    board.tasks.claim(LI, board.task_id, NOW)
    with pytest.raises(InvalidInput) as refused:
        board.tasks.hand_over(LI, board.task_id, to, NOW)
    assert [fault.path for fault in refused.value.fields] == ["to"] and board.row.data["claimed_by"] == LI.subject


@pytest.mark.parametrize("claimed", [True, False])
def test_a_supervisor_moves_the_work_of_one_who_left_but_does_not_do_it(claimed: bool) -> None:
    board = Board()
    if claimed:
        board.tasks.claim(LI, board.task_id, NOW)
    with pytest.raises(Forbidden, match="不同的人"):
        board.tasks.claim(SUPERVISOR, board.task_id, NOW)
    with pytest.raises(Forbidden, match="不同的人"):
        board.tasks.decide(SUPERVISOR, board.task_id, Decision("approve"), NOW)
    board.tasks.hand_over(SUPERVISOR, board.task_id, "周杰", NOW)
    entry = board.row.data["passed"][-1]
    assert entry["from"] == (LI.subject if claimed else None)
    assert (entry["to"], entry["by"]) == (ZHOU.subject, SUPERVISOR.subject)
    board.tasks.release(SUPERVISOR, board.task_id, NOW)
    assert board.row.status == "open"


@pytest.mark.parametrize("act", ["claim", "release", "hand_over"])
def test_what_is_decided_moves_no_more(act: str) -> None:
    board = Board()
    board.tasks.decide(LI, board.task_id, Decision("approve"), NOW)
    acts: dict[str, Callable[[], object]] = {
        "claim": lambda: board.tasks.claim(ZHOU, board.task_id, NOW),
        "release": lambda: board.tasks.release(SUPERVISOR, board.task_id, NOW),
        "hand_over": lambda: board.tasks.hand_over(SUPERVISOR, board.task_id, "周杰", NOW),
    }
    with pytest.raises(Conflict) as refused:
        acts[act]()
    assert refused.value.code == "already_decided"


def test_what_was_cancelled_is_said_to_be() -> None:
    board = Board()
    board.cases.keep(board.row.with_(status="cancelled", outcome="withdrawn", desk=None))
    with pytest.raises(Conflict) as refused:
        board.tasks.decide(LI, board.task_id, Decision("approve"), NOW)
    assert refused.value.code == "cancelled"


def test_two_who_claim_at_once_are_told_apart() -> None:
    board = Board()
    stale = board.row
    board.tasks.claim(LI, board.task_id, NOW)
    with board.reading(stale), pytest.raises(Conflict, match="李娜正在办理"):
        board.tasks.claim(ZHOU, board.task_id, NOW)


@pytest.mark.parametrize(
    "task_id", ["", "x", "660092712114.accept.zwzx.1", "{no}.accept.zwzx.2", "{no}.accept.cgw.1", "{no}#task"]
)
def test_a_task_that_is_not_there(task_id: str) -> None:
    board = Board()
    with pytest.raises(NotFound):
        board.tasks.claim(LI, task_id.format(no=board.case_no), NOW)


# — decide: a kind's own choices —


@pytest.mark.parametrize(
    ("kind", "outcome", "opinion", "field"),
    [
        ("acceptance", "reject", "", "opinion"),
        ("acceptance", "correct", "请补照片", "missing"),
        ("pickup", "reject", "不给", "outcome"),
        ("pickup", "correct", "", "outcome"),
        ("handover", "reject", "不寄", "outcome"),
        ("rectification", "approve", "", "opinion"),
        ("rectification", "appeal", "没有错", "outcome"),
        ("refund", "approve", "\t ", "opinion"),
        ("refund", "correct", "缺账号", "outcome"),
    ],
)
def test_a_kind_has_its_own_choices_and_reasons(kind: str, outcome: str, opinion: str, field: str) -> None:
    board = Board(kind)
    with pytest.raises(InvalidInput) as refused:
        board.tasks.decide(board.worker, board.task_id, Decision(outcome, opinion), NOW)  # type: ignore[arg-type]
    assert [fault.path for fault in refused.value.fields] == [field] and not board.followed
    assert board.row.outcome is None


@pytest.mark.parametrize("kind", WORKED)
def test_each_kind_is_decided_once_by_its_post(kind: str) -> None:
    board = Board(kind)
    outcome = next(iter(wiring.kinds()[kind].choices))
    taken = {"pay_way": "cash", "receipt_no": "0012345"} if board.kind.choices[outcome].takes else {}
    decision = Decision(outcome, "已处理，单号1", **taken)  # type: ignore[arg-type]
    shown = board.tasks.decide(board.worker, board.task_id, decision, NOW)
    assert (shown["status"], shown["decision"], board.row.desk) == ("decided", decision.outcome, None)
    assert board.tasks.decide(board.worker, board.task_id, decision, NOW) == shown
    assert len(board.followed) == 1 and board.row.data["decided_by"] == board.worker.subject


def test_choices_are_named_for_who_may_decide() -> None:
    board = Board("pickup")
    ((task,), _) = board.tasks.mine(LI, NOW)
    assert task["choices"] == [
        {"outcome": "approve", "name": "已交付", "opinion": False, "paper": True, "signed": True}
    ]
    late = NOW + timedelta(days=30)
    ((task,), _) = board.tasks.mine(SUPERVISOR, late)
    assert task["choices"] == [] and task["lamp"] == "overdue"


# — look —


def test_what_is_overdue_is_shown_to_the_supervisor_until_it_is_done() -> None:
    board = Board()
    assert board.tasks.mine(SUPERVISOR, NOW) == ([], None)
    late = NOW + timedelta(days=2)
    assert [task["task_id"] for task in board.tasks.mine(SUPERVISOR, late)[0]] == [board.task_id]
    assert board.tasks.counts(SUPERVISOR, late)["lamps"] == {"overdue": 1}
    board.tasks.decide(LI, board.task_id, Decision("approve"), late)
    assert board.tasks.mine(SUPERVISOR, late) == ([], None)


def test_others_see_nothing_of_a_desk() -> None:
    board = Board()
    for who in (APPROVER, clerk("窗口", "gaj"), clerk("审批", "zwzx", "approver")):
        assert board.tasks.mine(who, NOW) == ([], None) and board.tasks.counts(who, NOW)["total"] == 0


def test_a_kind_this_version_does_not_know_is_on_no_list_and_cannot_be_worked_on() -> None:
    board = Board()
    board.cases.keep(board.row.with_(data={"kind": "seance"}))
    assert board.tasks.mine(LI, NOW) == ([], None)
    with pytest.raises(NotFound):
        board.tasks.claim(LI, board.task_id, NOW)


@pytest.mark.parametrize("others", [0, 70])
def test_pages_lead_to_the_end_and_show_each_task_once(others: int) -> None:
    board = Board()
    numbers = board.lay(120) + board.lay(others, "review")  # tasks of another post lie between
    seen: list[str] = []
    after, pages = None, 0
    while True:
        found, after = board.tasks.mine(LI, NOW, after)
        assert len(found) <= 50
        seen += [task["task_id"] for task in found]
        pages += 1
        if after is None:
            break
    mine = {board.task_id, *numbers[:120]}
    assert set(seen) == mine and len(seen) == len(mine) and pages == 3


def test_what_is_due_on_one_day_is_listed_as_it_came_whatever_its_number() -> None:
    """A case's number is random; were it to decide, some would always wait longest."""
    board = Board()
    numbers = [f"{number:02d}{'0' * 8}{number % 10}{number % 7}" for number in (61, 9, 44, 95, 12, 30, 87, 58)]
    for minute, number in enumerate(numbers):
        key, at = TaskKey(number, "accept", "zwzx"), NOW + timedelta(minutes=minute)
        board.cases.keep(new(board.case.with_(case_no=number), board.service, "acceptance", "受理", key, 6, at))
    found, after = board.tasks.mine(LI, NOW, limit=5)
    rest, _ = board.tasks.mine(LI, NOW, after)
    assert [task["case_no"] for task in found + rest] == [board.case_no, *numbers]


def test_a_desk_full_of_others_work_is_looked_through_page_by_page() -> None:
    board = Board()
    board.lay(600, "review")
    found, after = board.tasks.mine(clerk("审批", "zwzx", "supervisor"), NOW)
    assert found == [] and after is not None
    assert board.tasks.mine(clerk("审批", "zwzx", "supervisor"), NOW, after) == ([], None)


def test_counts_by_kind_and_lamp() -> None:
    board = Board()
    board.lay(60)
    board.lay(3, "review")
    board.tasks.claim(LI, board.task_id, NOW)
    assert board.tasks.counts(LI, NOW)["lamps"] == {"normal": 61}, "what has to be done in a day is not born amber"
    assert board.tasks.counts(LI, NOW + timedelta(days=1)) == {
        "total": 61,
        "claimed": 1,
        "kinds": {"acceptance": 61},
        "lamps": {"near": 1, "normal": 60},
        "more": False,
    }


def test_counting_ends_somewhere_and_says_so() -> None:
    board = Board()
    board.lay(2001)
    counted = board.tasks.counts(LI, NOW)
    assert counted["more"] is True and counted["total"] == 2000


def test_a_task_that_is_not_whole_is_on_no_list_and_hides_no_other() -> None:
    board = Board("acceptance")
    board.cases.keep(replace(board.row, key="task#spoiled#zwzx#1", rev=0, data={"kind": "acceptance"}))
    listed, _ = board.tasks.mine(board.worker, NOW)
    assert [each["task_id"] for each in listed] == [board.task_id] and board.tasks.counts(board.worker, NOW)[
        "total"
    ] == 1
