"""What two supervisors put on paper is read by the second of them before it is sent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chalicelib import wiring
from chalicelib.approvals.numbers import LATER
from chalicelib.cases.service import Cases
from chalicelib.certificates.model import grouped
from chalicelib.kernel.errors import Forbidden
from chalicelib.kernel.seal import Sealer
from chalicelib.proposals.parts import Unwritten
from chalicelib.proposals.revising import Revising, Unnumbered
from chalicelib.tasks.model import Decision, TaskKey
from tests.unit.certificates.fakes import Office as Issued
from tests.unit.certificates.renewing import LAST, OPENS, Renewing, on
from tests.unit.documents.test_previews import Desk, at_decision
from tests.unit.memory import LocalKeys
from tests.unit.office import KEY, tasks
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


def test_a_look_settles_nothing_though_a_certificate_is_past_its_day_and_another_case_would_be_deemed_renewed() -> None:
    office = Renewing()
    office.accept(office.asked(OPENS), OPENS)
    pair, after = Pair(office.cases, office.services, office.case_no, office.certificates), on(LAST + timedelta(days=1))
    pair.void(now=after)
    key = TaskKey.of(pair.task("voiding")).task_id

    def act(over: Cases) -> object:
        again = Pair(
            over, office.services, office.case_no, office.certificates
        )  # of the city, as they are in production
        return tasks(over, {"voiding": again.voiding.follow}, OTHER).decide(OTHER, key, Decision("approve"), after)

    (shown,) = Desk(office).look(act, OTHER)
    assert shown["title"] == "作废通知书"


def test_a_revision_that_is_looked_at_shows_no_number_that_will_never_be() -> None:
    office = Issued()
    pair = Pair(office.cases, office.services, office.case_no, office.certificates)
    pair.revise(name="章三丰")
    key = TaskKey.of(pair.task("revising")).task_id

    def act(over: Cases) -> object:
        sealer = Sealer(LocalKeys(), "key")
        given = Unnumbered(office.certificates)
        looked = Revising(over, office.services, lambda: given, sealer, Unwritten, KEY, lambda *_: ([], []))
        return tasks(over, {"revising": looked.follow}, OTHER).decide(OTHER, key, Decision("approve"), NOW)

    (shown,) = Desk(office).look(act, OTHER)
    text = "".join(each["text"] for each in shown["paragraphs"])
    assert LATER in text and shown["title"] == "更正通知书"
    pair.say("revising")
    assert grouped(office.number) not in text
