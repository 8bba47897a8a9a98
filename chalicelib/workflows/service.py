"""The workflows of a case, each begun by the event that calls for it, woken by an answer, begun again when it failed.

    an event that begins something ──► StartExecution, named after the case
    token and outcome set          ──► SendTaskSuccess: the waiting workflow goes on
    an execution that failed       ──► a message on the queue `restarts`, then StartExecution under the next name

What the stream lost is found by `sweep`: a case lies on the desk of what is owed until its next step has begun. Failures no event told of
are found by `failures`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from chalicelib.capability import CarryOn
from chalicelib.cases.faults import noted
from chalicelib.cases.model import OWED, Change, Row
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Services
from chalicelib.kernel import clock, log
from chalicelib.vocabulary.events import Work
from chalicelib.vocabulary.statuses import OVER
from chalicelib.workflows.model import RESTARTS, WITHIN, KeepsFailing, begun_again, begun_by, execution

OWED_AFTER = timedelta(minutes=1)
GONE = ("TaskTimedOut", "TaskDoesNotExist", "InvalidToken")


class Workflows:
    """Begin and wake executions. `client` is a Step Functions client of botocore, `arns` names the workflow of each work, `others` carry
    on with what else the stream lost of a case."""

    def __init__(
        self,
        cases: Cases,
        catalogue: Services,
        client: Any,
        arns: Mapping[Work, str],
        others: Sequence[CarryOn],
    ) -> None:
        self._cases, self._catalogue, self._client, self._arns, self._others = cases, catalogue, client, arns, others

    def listen(self, change: Change) -> None:
        """Begin what an event calls for; wake the workflow whose answer has come."""
        new, old = change.new, change.old
        if change.happened:
            work = begun_by(change.happened[1], change.data.get("data", {}))
            if work == "approval":
                self._begin(work, new["case_no"], new["service"], new.get("version", ""))
            elif work:
                self._begin(work, new["case_no"])
        answer, before = (new.get("token"), new.get("outcome")), (old.get("token"), old.get("outcome"))
        if all(answer) and answer != before:
            self._wake(new["token"], {**change.data.get("output", {}), "outcome": new["outcome"]})

    def _begin(self, work: Work, case_no: str, service: str = "", version: str = "", restart: int = 0) -> None:
        """Start a workflow; if it runs already, that is success."""
        plan: dict[str, Any] = {"case_no": case_no}
        if work == "approval":
            stages = self._catalogue.get(service, version).stages
            plan["stages"] = [{"id": stage.id, "departments": list(stage.departments)} for stage in stages]
        try:
            self._client.start_execution(
                stateMachineArn=self._arns[work], name=execution(case_no, restart), input=json.dumps(plan)
            )
        except self._client.exceptions.ExecutionAlreadyExists:
            return

    def _wake(self, token: str, output: dict[str, Any]) -> None:
        try:
            self._client.send_task_success(taskToken=token, output=json.dumps(output))
        except Exception as error:
            code = getattr(error, "response", {}).get("Error", {}).get("Code", "")
            if code not in GONE:
                raise
            log.info("token is gone", code=code)  # the wait timed out, or a second delivery of the same record

    def restart(self, work: Work, name: str, now: datetime, attempt: int) -> None:
        """Begin again what failed, once a failure. Steps pass over what is already done.

        Raises what is to be tried again, `KeepsFailing` too; the case says so (`faults`) until it goes on.
        """
        if again := begun_again(name):
            case_no, restart = again
            act = partial(self._restart, work, case_no, restart, now)
            noted(self._cases, case_no, f"restarts#{work}", act, now, attempt)

    def _restart(self, work: Work, case_no: str, restart: int, now: datetime) -> None:
        case = self._cases.found(case_no)
        if case is None or case.status in OVER:
            return
        if restart > RESTARTS and self._began_after(now - WITHIN, work, execution(case_no, restart - RESTARTS)):
            raise KeepsFailing
        self._begin(work, case_no, case.service, case.version, restart)

    def _began_after(self, moment: datetime, work: Work, name: str) -> bool:
        """Tell whether an execution began after a moment; one the engine keeps no more (90 days) did not."""
        arn = f"{self._arns[work].replace(':stateMachine:', ':execution:')}:{name}"
        try:
            began: datetime = self._client.describe_execution(executionArn=arn)["startDate"]
        except self._client.exceptions.ExecutionDoesNotExist:
            return False
        return began > moment

    # — once a minute —

    def sweep(self, now: datetime) -> int:
        """Carry on every case whose next step has not begun a minute after it was due. Return how many were found."""
        return self._cases.round(OWED, clock.iso(now - OWED_AFTER), self._carry_on)

    def _carry_on(self, row: Row) -> None:
        """Begin what the case's last event of the kind calls for, and wake whoever waits for an answer that is there.

        The others come first: what is begun takes the case off the desk where it is found.
        """
        file = self._cases.whole(row.case_no)
        for carry_on in self._others:
            carry_on(file)
        for each in file.rows:
            if each.token and each.outcome:
                self._wake(each.token, {**each.data.get("output", {}), "outcome": each.outcome})
        works = [begun_by(event.name, event.data) for event in file.events]
        work = next(each for each in reversed(works) if each)
        self._begin(work, row.case_no, file.case.service, file.case.version)
