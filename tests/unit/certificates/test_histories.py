"""Whatever is done to a renewable certificate in whatever order: never two valid ones, never expired while it is deemed renewed."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.cases.model import Case
from chalicelib.certificates.model import Certificate
from chalicelib.certificates.renewals import timely
from chalicelib.kernel.errors import AppError, Conflict, InvalidInput
from chalicelib.vocabulary.statuses import UNDECIDED, Status
from tests.unit.certificates.fakes import BOSS, COLLEAGUE
from tests.unit.certificates.renewing import Renewing, on
from tests.unit.proposals.fakes import Pair
from tests.unit.samples import ID, NOW

OTHER_ID = "510104193608150010"

ACTS = (
    *("ask", "accept", "deem", "suspend", "grant", "deny", "withdraw", "give"),
    *("revoke", "reissue", "round", "fix", "fix first", "void", "void first"),
)
STEP = st.tuples(st.sampled_from(ACTS), st.integers(0, 2), st.sampled_from([0, 0, 1, 10, 30, 41]))
TO = {"suspend": Status.SUSPENDED, "grant": Status.GRANTED, "deny": Status.DENIED, "withdraw": Status.WITHDRAWN}


class History:
    """One holder, his certificates and renewals, and the day."""

    def __init__(self) -> None:
        self.office, self.day = Renewing(), NOW.date()
        self.asked: list[str] = []
        self.who = ID

    def pass_(self, days: int) -> None:
        """Let days go by; what the law then renews must be valid on the day after, before any round of the clock."""
        for _ in range(days):
            newest, after = self.newest(), self.day + timedelta(days=1)
            due = newest.valid_to == self.day and newest.state == "issued" and self._law_renews(newest)
            self.day = after
            if due:
                state, until = self.office.worth(after, newest.number)
                assert (state, until > after.isoformat()) == ("valid", True), "deemed renewed, and shown expired"

    def _law_renews(self, newest: Certificate) -> bool:
        cases = [self.office.head(each) for each in self.asked]
        until = newest.valid_to.isoformat() if newest.valid_to else ""
        return any(
            case.status in UNDECIDED and case.clock.accepted and case.facts["runs_to"] == until and timely(case)
            for case in cases
        )

    def certificates(self) -> list[Certificate]:
        return [Certificate.of(row) for row in self.office.store.kept.values() if row.kind == "certificate"]

    def newest(self) -> Certificate:
        return next(each for each in self.certificates() if not each.replaced_by)

    def do(self, act: str, which: int) -> None:
        office, day = self.office, self.day
        number = self.newest().number
        if act == "ask":
            form = {"name": "张三丰", "id_number": self.who}
            self.asked.append(office.asked(day, renews=number, form=form))
        elif act == "revoke":
            office.certificates.revoke(BOSS, number, "理由", on(day))
        elif act == "reissue":
            office.certificates.reissue(COLLEAGUE, number, "理由", on(day))
        elif act == "round":
            office.round(day)
        elif act in ("fix first", "void first"):
            self.second(act.partition(" ")[0], office.case_no)
        elif self.asked:
            self.go_on(act, self.asked[which % len(self.asked)])

    def go_on(self, act: str, case_no: str) -> None:
        """What is done to a case that renews."""
        office, status = self.office, self.office.head(case_no).status
        if act in ("fix", "void"):
            self.second(act, case_no)
        elif act == "accept" and status is Status.SUBMITTED:
            office.accept(case_no, self.day)
        elif act == "deem" and status is Status.SUBMITTED:
            self.deem(case_no)
        elif act == "give" and status is Status.GRANTED:
            lost, had = self.newest().state == "revoked", len(self.certificates())
            office.give(case_no, self.day)
            assert not lost or len(self.certificates()) == had, "revoked, and given anew"
        elif act in TO:
            office.move(TO[act], case_no, self.day)

    def second(self, act: str, case_no: str) -> None:
        """Two supervisors put right who applies, or make a case void."""
        pair = Pair(self.office.cases, self.office.services, case_no, self.office.certificates)
        holds, now = self.newest().case_no == case_no, on(self.day)
        if act == "void":
            pair.void(now=now)
            pair.say("voiding", now=now)
            return
        was = (pair.cases.opened(case_no).private or {})["applicant"]["id"]
        right = ID if was == OTHER_ID else OTHER_ID
        pair.revise(now=now, id_number=right)
        pair.say("revising", now=now)
        self.who = right if holds else self.who

    def deem(self, case_no: str) -> None:
        """The office has been silent: it is accepted from the day all had come in, and what that renews is valid from then on."""
        case, newest = self.office.head(case_no), self.newest()
        due = self._lies(case, newest) and newest.at(on(self.day)) == "expired"
        self.office.accept(case_no, case.clock.since)
        if due:
            assert self.office.worth(self.day, newest.number)[0] == "valid", (
                "deemed accepted in time, and shown expired"
            )

    @staticmethod
    def _lies(case: Case, newest: Certificate) -> bool:
        until = newest.valid_to.isoformat() if newest.valid_to and newest.state == "issued" else ""
        whole = timely(case) and case.clock.since.isoformat() <= until
        return case.status is Status.SUBMITTED and case.facts["runs_to"] == until and whole

    def check(self) -> None:
        """Hold what must always hold."""
        numbers = [each.number for each in self.certificates()]
        worth = [self.office.worth(self.day, number)[0] for number in numbers]
        assert worth.count("valid") <= 1, "two valid certificates"
        newest = self.newest()
        told = [each for case in self.office.store.heads for each in self.office.told(case)]
        assert told.count("certificate_expiring") <= 1 + len(self.asked), "told again of one last day"
        lies = any(self._lies(self.office.head(each), newest) for each in self.asked)
        if newest.at(on(self.day)) != "valid" and not lies:
            row = self.office.store.kept[f"certificate#{newest.number}", "certificate"]
            assert row.desk is None, "what is over lies on no desk"


@given(st.lists(STEP, max_size=25))
@example([("round", 0, 41), ("ask", 0, 0), ("accept", 0, 0), ("fix first", 0, 1), ("round", 0, 41), ("round", 0, 30)])
@example([("round", 0, 41), ("ask", 0, 0), ("round", 0, 41), ("round", 0, 30), ("deem", 0, 0)])
@example([("round", 0, 41), ("ask", 0, 0), ("accept", 0, 0), ("suspend", 0, 30), ("round", 0, 30), ("give", 0, 0)])
@example([("ask", 0, 41), ("ask", 0, 41), ("accept", 0, 0), ("grant", 0, 41), ("give", 0, 0), ("grant", 1, 0)])
@example([("round", 0, 41), ("ask", 0, 0), ("grant", 0, 0), ("revoke", 0, 0), ("give", 0, 0), ("reissue", 0, 0)])
def test_never_two_valid_and_never_expired_while_deemed_renewed(steps: list[tuple[str, int, int]]) -> None:
    history = History()
    for act, which, days in steps:
        history.pass_(days)
        try:
            history.do(act, which)
        except (Conflict, InvalidInput):
            pass
        except AppError as other:
            raise AssertionError(other) from other
        history.check()


def test_the_table_of_days_is_what_the_histories_cross() -> None:
    assert History().newest().valid_to == date(2026, 10, 8)
