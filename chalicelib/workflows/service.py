"""The workflow of a case: started by its head, woken by an answer, found again when it was lost.

    head inserted            ──► StartExecution, named after the case: a second start is refused by name, and that is fine
    token and outcome set    ──► SendTaskSuccess: the waiting workflow goes on

What fails is retried by the stream; `sweep` finds what fell through all the same.
"""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any

from chalicelib.cases.model import RECEIVED, Change, Row
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Services
from chalicelib.kernel import clock, log
from chalicelib.kernel.errors import NotFound
from chalicelib.vocabulary.statuses import OVER

UNSTARTED_AFTER = timedelta(minutes=1)
RESTARTS = 20  # of one case, then somebody must look
_NAME = re.compile(r"(\d{12})(?:-(\d{1,3}))?", re.ASCII)  # of an execution: the case, and which restart
GONE = ("TaskTimedOut", "TaskDoesNotExist", "InvalidToken")


class Workflows:
    """Start and wake executions of the lifecycle. `client` is a Step Functions client of botocore, `lifecycle` an ARN."""

    def __init__(self, cases: Cases, catalogue: Services, client: Any, lifecycle: str) -> None:
        self._cases, self._catalogue, self._client, self._lifecycle = cases, catalogue, client, lifecycle

    def listen(self, change: Change) -> None:
        """Start the workflow of a new case; wake the one whose answer has come."""
        new, old = change.new, change.old
        if new["sk"] == "case" and not old:
            self.start(new["case_no"], new["service"])
        answer, before = (new.get("token"), new.get("outcome")), (old.get("token"), old.get("outcome"))
        if all(answer) and answer != before:
            self._wake(new["token"], {**change.data.get("output", {}), "outcome": new["outcome"]})

    def start(self, case_no: str, service_code: str, restart: int = 0) -> None:
        """Start the case's workflow; if it runs already, that is success."""
        service = self._catalogue.get(service_code)
        plan = {
            "case_no": case_no,
            "stages": [{"id": stage.id, "departments": list(stage.departments)} for stage in service.stages],
            "fee": service.fee_fen > 0,
        }
        try:
            self._client.start_execution(
                stateMachineArn=self._lifecycle,
                name=f"{case_no}-{restart}" if restart else case_no,
                input=json.dumps(plan),
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

    # — once a minute —

    def sweep(self, now: datetime) -> int:
        """Start what was accepted a minute ago and has no workflow yet. Return how many were found."""

        def start(row: Row) -> None:
            self.start(row.case_no, self._cases.head(row.case_no).service)

        return self._cases.round(RECEIVED, clock.iso(now - UNSTARTED_AFTER), start)

    def resume(self, now: datetime) -> int:
        """Start again what an outage of the workflow engine ended. Steps pass over what is already done."""
        found = 0
        for status in ("FAILED", "TIMED_OUT", "ABORTED"):
            listed = self._client.list_executions(stateMachineArn=self._lifecycle, statusFilter=status, maxResults=100)
            for execution in listed["executions"]:
                if execution["stopDate"].timestamp() > (now - timedelta(days=1)).timestamp():
                    found += self._restart(execution["name"])
        return found

    def _restart(self, name: str) -> int:
        ours = _NAME.fullmatch(name)
        if ours is None:  # somebody started it by hand
            return 0
        case_no, restart = ours[1], int(ours[2] or 0) + 1
        if restart > RESTARTS:
            log.error("case keeps failing", None, case_no=case_no)
            return 0
        try:
            case = self._cases.head(case_no)
        except NotFound:
            return 0
        if case.status in OVER:
            return 0
        self.start(case_no, case.service, restart)
        return 1
