"""The workflows of a case, each begun by the event that calls for it, woken by an answer, begun again when it failed.

    an event that begins something ──► StartExecution, named after the case
    token and outcome set          ──► SendTaskSuccess: the waiting workflow goes on
    an execution that failed       ──► a message on the queue `restarts`, then StartExecution under the next name

What the stream lost is found by the outbox (`model.owes`), failures no event told of by `failures`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from chalicelib.cases.faults import noted
from chalicelib.cases.model import Change
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Services
from chalicelib.kernel import log
from chalicelib.vocabulary.events import Work
from chalicelib.vocabulary.statuses import OVER, RATEABLE
from chalicelib.workflows.model import RESTARTS, WITHIN, KeepsFailing, begun_again, begun_by, execution, executions

GONE = ("TaskTimedOut", "TaskDoesNotExist", "InvalidToken")


class Workflows:
    """Begin and wake executions. `client` is a Step Functions client of botocore, `arns` names the workflow of each work."""

    def __init__(self, cases: Cases, catalogue: Services, client: Any, arns: Mapping[Work, str]) -> None:
        self._cases, self._catalogue, self._client, self._arns = cases, catalogue, client, arns

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
        if case is None or (case.status in OVER and not (work == "rating" and case.status in RATEABLE)):
            return  # but what was forwarded (转报) is over, and rated
        if restart > RESTARTS and self._began_after(now - WITHIN, work, execution(case_no, restart - RESTARTS)):
            raise KeepsFailing
        self._begin(work, case_no, case.service, case.version, restart)

    def _began_after(self, moment: datetime, work: Work, name: str) -> bool:
        """Tell whether an execution began after a moment; one the engine keeps no more (90 days) did not."""
        arn = executions(self._arns[work]) + name
        try:
            began: datetime = self._client.describe_execution(executionArn=arn)["startDate"]
        except self._client.exceptions.ExecutionDoesNotExist:
            return False
        return began > moment
