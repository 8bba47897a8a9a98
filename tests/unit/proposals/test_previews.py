"""What two supervisors put on paper is read by the second of them before it is sent."""

from __future__ import annotations

import pytest

from chalicelib import wiring
from chalicelib.cases.service import Cases
from chalicelib.kernel.errors import Forbidden
from chalicelib.tasks.model import Decision, TaskKey
from tests.unit.documents.test_previews import Desk, at_decision
from tests.unit.office import tasks
from tests.unit.proposals.fakes import BOSS, OTHER, Pair
from tests.unit.samples import NOW


@pytest.mark.parametrize(("kind", "title"), [("voiding", "作废通知书"), ("revising", "更正通知书")])
def test_what_is_confirmed_is_shown_before_to_who_confirms_it(kind: str, title: str) -> None:
    office = at_decision()
    pair = Pair(office.cases, office.catalogue, office.case_no)
    if kind == "voiding":
        pair.void()
    else:
        pair.revise(name="张三风")
    key, desk = TaskKey.of(pair.task(kind)).task_id, Desk(office)

    def act(over: Cases) -> object:
        again = Pair(over, office.catalogue, office.case_no)
        return tasks(over, {kind: getattr(again, kind).follow}, OTHER).decide(OTHER, key, Decision("approve"), NOW)

    (shown,) = desk.look(act, OTHER)
    assert shown["title"] == title and wiring.kinds()[kind].over is not None
    with pytest.raises(Forbidden):
        Desk(office).look(
            lambda over: tasks(over, {kind: pair.voiding.follow}, BOSS).decide(BOSS, key, Decision("approve"), NOW),
            BOSS,
        )
