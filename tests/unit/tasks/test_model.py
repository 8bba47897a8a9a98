"""A task's place, its lamp and its due date."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.cases.desks import lane
from chalicelib.cases.model import TASK, Case, Row, closing, moved
from chalicelib.tasks.model import EDGES, State, TaskKey, done, due_key, lamp, lit, new, retimed
from chalicelib.vocabulary.codes import TASK_STATES
from chalicelib.vocabulary.statuses import Status
from tests.unit.decided import Decided
from tests.unit.samples import NOW

LAMPS: list[dict[str, Any]] = json.loads((Path(__file__).parents[2] / "vectors" / "lamps.json").read_text("utf-8"))
"""What the web clients' lamps (web/shared/days.ts) are tested with too."""


def test_every_state_has_its_name_and_no_other() -> None:
    assert set(State) == set(EDGES) == set(TASK_STATES)


@given(st.sampled_from(State), st.sampled_from(State))
def test_nothing_leaves_the_table_of_states(old: State, new: State) -> None:
    row = Row("1" * 12, TaskKey("1" * 12, "issue", "mzj").row_key, TASK, str(old))
    if old in (State.DECIDED, State.CANCELLED):
        assert not EDGES[old], "what is over stays so"
    if new in EDGES[old]:
        assert moved(row, EDGES, new).status == new
    else:
        with pytest.raises(ValueError, match="does not go"):
            moved(row, EDGES, new)
    if (ended := closing([row], "withdrawn")) and EDGES[old]:
        assert ended[0].status in EDGES[old], "a case that ends closes its tasks by the table too"


@pytest.mark.parametrize("each", LAMPS, ids=lambda each: each["why"])
def test_a_lamp_counts_working_days(each: dict[str, Any]) -> None:
    assert lamp(each["due"], date.fromisoformat(each["today"]), each["days"]) == each["lamp"]


def test_a_task_is_due_with_its_own_days_and_no_later_than_the_case() -> None:
    """What was cut short by the promise is near at once; a case not accepted yet has promised nothing."""
    made = Decided(Status.SUBMITTED)
    key = TaskKey(made.case_no, "review", "cgw")

    def due(case: Case, days: int, at: datetime = NOW) -> str:
        return (new(case, made.service, "review", "审查", key, days, at).due or "")[:10]

    late = made.case.with_(clock=made.case.clock.accept(NOW.date()))
    assert (due(made.case, 9), due(late, 9), due(late, 3)) == ("2026-07-14", "2026-07-08", "2026-07-06")
    assert due(late, 3, NOW + timedelta(days=20)) == "2026-07-21", "never before it came"
    assert due(late.with_(status=Status.GRANTED), 9) == "2026-07-14", "the promise was to decide"
    row = new(late, made.service, "review", "审查", key, 9, NOW + timedelta(days=6))
    assert lit(row, date(2026, 7, 7)) == "near"


def test_what_a_notice_or_a_pause_moves_keeps_its_place_among_those_of_its_day() -> None:
    made = Decided(Status.SUBMITTED)
    clock = made.case.clock.accept(NOW.date())
    case = made.case.with_(clock=clock)
    row = new(case, made.service, "review", "审查", TaskKey(made.case_no, "review", "cgw"), 9, NOW)
    longer = case.with_(clock=clock.pause("supplement", NOW.date()).resume("supplement", date(2026, 7, 2)))
    (after,) = retimed([row, row.with_(outcome="approve")], longer)
    assert (row.due, after.due) == (
        due_key(date(2026, 7, 8), NOW, made.case_no),
        due_key(date(2026, 7, 9), NOW, made.case_no),
    )
    assert retimed([after], longer) == []


@pytest.mark.parametrize("end", ["", "0", "²", "٣", "-1", "9" * 99, "1.2"])
def test_a_task_id_that_is_none(end: str) -> None:
    assert TaskKey.parse(f"660092712114.issue.mzj.{end}") is None
    assert TaskKey.parse("9.issue.mzj.1") is None


@given(
    st.from_regex(r"[a-z_]{1,20}", fullmatch=True), st.from_regex(r"[a-z]{1,20}", fullmatch=True), st.integers(1, 999)
)
def test_a_task_id_is_read_as_it_was_written(stage: str, department: str, number: int) -> None:
    key = TaskKey("660092712114", stage, department, number)
    assert TaskKey.parse(key.task_id) == key


def test_a_new_task_is_open_on_its_departments_desk_and_known_by_its_row() -> None:
    made = Decided()
    key = TaskKey(made.case_no, "refund", "cgw", 2)
    row = new(made.case, made.service, "refund", "退款80.00元", key, 5, NOW, amount_fen=8000)
    assert (row.desk, row.status, row.outcome, row.token) == (lane("cgw@510100", made.case_no), "open", None, None)
    assert (row.data["stage"], row.data["stage_name"], row.data["amount_fen"]) == ("refund", "退款80.00元", 8000)
    assert TaskKey.of(row) == key and row.data["applicant"] == "张*丰"
    assert row.due == due_key(date(2026, 7, 8), NOW, made.case_no) and row.data["provisional"] is False
    over = done(row, "approve", NOW, "EMS")
    assert (over.status, over.outcome, over.desk, over.data["decided_name"]) == ("decided", "approve", None, "EMS")


def test_tasks_due_on_one_day_are_kept_apart_in_the_order_they_came() -> None:
    day = date(2026, 7, 8)
    keys = [due_key(day, NOW + timedelta(seconds=n), case_no) for n in range(2) for case_no in ("1", "2")]
    assert sorted(set(keys)) == keys and all(key.startswith("2026-07-08") for key in keys)
