"""The table's stream is the outbox: what a transaction wrote is carried out from here, at least once, in the order it happened.

    head inserted            ──► StartExecution, named after the case: a second start is refused by name, and that is fine
    token and outcome set    ──► SendTaskSuccess: the waiting workflow goes on
    event that is told       ──► the notices queue

What fails is reported and retried by the stream; `sweep` finds what fell through all the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from chalicelib.cases.model import SHARDS, Status
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service
from chalicelib.kernel import clock, log
from chalicelib.kernel.errors import NotFound

OVER = {Status.CLOSED, Status.WITHDRAWN, Status.VOID}
UNSTARTED_AFTER = timedelta(minutes=1)
RESTARTS = 20  # of one case, then somebody must look


@dataclass(frozen=True)
class Change:
    """One stream record: its sequence number, what was and what is (plain attribute values; empty where there was nothing)."""

    sequence: str
    old: dict[str, Any]
    new: dict[str, Any]


class Catalogue(Protocol):
    """What starting a workflow asks of the catalogue."""

    def get(self, code: str) -> Service: ...


class Queue(Protocol):
    """The notices queue."""

    def send(self, message: dict[str, Any]) -> None: ...


class Outbox:
    """Carry out what the stream tells."""

    def __init__(
        self,
        cases: Cases,
        catalogue: Catalogue,
        queue: Queue,
        told: Callable[[str], bool],
        workflows: Any,
        lifecycle: str,
    ) -> None:
        self._cases, self._catalogue, self._queue, self._told = cases, catalogue, queue, told
        self._workflows, self._lifecycle = workflows, lifecycle

    def react(self, changes: Iterable[Change]) -> str | None:
        """Carry out each change in order. Return the sequence number to retry from, or None when all is done."""
        for change in changes:
            try:
                self._react(change)
            except Exception as fault:
                log.error("outbox failed", fault, case_no=change.new.get("case_no"), row=change.new.get("sk"))
                return change.sequence
        return None

    def _react(self, change: Change) -> None:
        new, old = change.new, change.old
        if not new:
            return
        if new["sk"] == "case" and not old:
            self.start(new["case_no"], new["service"])
            self._tell(new["case_no"], 1, "submitted")
        elif new["sk"].startswith("event#") and not old:
            self._tell(new["case_no"], int(new["sk"][6:]), json.loads(new["data"])["name"])
        elif (
            new.get("token")
            and new.get("outcome")
            and (new["token"], new["outcome"]) != (old.get("token"), old.get("outcome"))
        ):
            self._wake(new["token"], new["outcome"], json.loads(new.get("data") or "{}").get("output", {}))

    def _tell(self, case_no: str, event: int, name: str) -> None:
        if self._told(name):
            self._queue.send({"case_no": case_no, "event": event, "name": name})

    def start(self, case_no: str, service_code: str, again: int = 0) -> None:
        """Start the case's workflow; if it runs already, that is success."""
        service = self._catalogue.get(service_code)
        plan = {
            "case_no": case_no,
            "stages": [{"id": stage.id, "departments": list(stage.departments)} for stage in service.stages],
            "fee": service.fee_fen > 0,
        }
        try:
            self._workflows.start_execution(
                stateMachineArn=self._lifecycle,
                name=f"{case_no}-{again}" if again else case_no,
                input=json.dumps(plan),
            )
        except self._workflows.exceptions.ExecutionAlreadyExists:
            return

    def _wake(self, token: str, outcome: str, output: dict[str, Any]) -> None:
        gone = ("TaskTimedOut", "TaskDoesNotExist", "InvalidToken")
        try:
            self._workflows.send_task_success(taskToken=token, output=json.dumps({**output, "outcome": outcome}))
        except Exception as error:
            code = getattr(error, "response", {}).get("Error", {}).get("Code", "")
            if code not in gone:
                raise
            log.info("token is gone", code=code)  # the wait timed out, or a second delivery of the same record

    # — once a minute —

    def sweep(self, now: datetime) -> int:
        """Start what was accepted a minute ago and has no workflow yet. Return how many were found."""
        until, found = clock.iso(now - UNSTARTED_AFTER), 0
        for number in range(SHARDS):
            for row in self._cases.on_desk(f"@received#{number}", until=until):
                self.start(row.case_no, self._cases.head(row.case_no).service)
                found += 1
        return found

    def resume(self, now: datetime) -> int:
        """Start again what an outage of the workflow engine ended. Steps pass over what is already done."""
        found = 0
        for status in ("FAILED", "TIMED_OUT", "ABORTED"):
            listed = self._workflows.list_executions(
                stateMachineArn=self._lifecycle, statusFilter=status, maxResults=100
            )
            for execution in listed["executions"]:
                if execution["stopDate"].timestamp() > (now - timedelta(days=1)).timestamp():
                    found += self._restart(execution["name"])
        return found

    def _restart(self, name: str) -> int:
        case_no, _, times = name.partition("-")
        again = int(times or 0) + 1
        if again > RESTARTS:
            log.error("case keeps failing", None, case_no=case_no)
            return 0
        try:
            case = self._cases.head(case_no)
        except NotFound:
            return 0
        if case.status in OVER:
            return 0
        self.start(case_no, case.service, again)
        return 1
