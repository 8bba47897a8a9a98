"""A Step Functions client in memory, and a case whose workflows run on it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, get_args

from chalicelib.cases.model import Change
from chalicelib.cases.stream import Outbox
from chalicelib.vocabulary.events import EventName, Work
from chalicelib.vocabulary.statuses import Status
from chalicelib.workflows.model import owes
from chalicelib.workflows.service import Workflows
from tests.unit.decided import Decided
from tests.unit.samples import NOW

ARNS: dict[Work, str] = {work: f"arn:stateMachine:{work}" for work in get_args(Work)}
APPROVAL, PAYMENT, DELIVERY, RATING = (ARNS[work] for work in ("approval", "payment", "delivery", "rating"))


class Refused(Exception):
    """What botocore raises: a code in a response."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.response = {"Error": {"Code": code}}


class AlreadyExists(Refused):
    """A second execution of one name."""


class DoesNotExist(Refused):
    """An execution the engine does not keep."""


@dataclass
class StepFunctions:
    """The engine: executions by workflow and name, tokens that were answered, faults to come."""

    started: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    woken: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)

    began: dict[str, datetime] = field(default_factory=dict)  # by name

    class exceptions:
        ExecutionAlreadyExists, ExecutionDoesNotExist = AlreadyExists, DoesNotExist

    def _up(self) -> None:
        if self.faults:
            raise self.faults.pop(0)

    def start_execution(self, *, stateMachineArn: str, name: str, input: str) -> None:
        self._up()
        if (stateMachineArn, name) in self.started:
            raise AlreadyExists("ExecutionAlreadyExists")
        self.started[stateMachineArn, name] = json.loads(input)

    def describe_execution(self, *, executionArn: str) -> dict[str, Any]:
        self._up()
        runs, name = executionArn.rsplit(":", 1)
        assert runs in {arn.replace(":stateMachine:", ":execution:") for arn in ARNS.values()}
        if name not in self.began:
            raise DoesNotExist("ExecutionDoesNotExist")
        return {"startDate": self.began[name]}

    def send_task_success(self, *, taskToken: str, output: str) -> None:
        self._up()
        self.woken.append((taskToken, json.loads(output)))


class Engine(Decided):
    """A case, and the workflows over it."""

    def __init__(self, status: Status = Status.SUBMITTED, **changes: Any) -> None:
        super().__init__(status, **changes)
        self.client = StepFunctions()
        self.workflows = Workflows(self.cases, self.services, self.client, ARNS)

    def sweep(self, now: datetime) -> int:
        return Outbox(self.cases, {"workflows": self.workflows.listen}, {"workflows": owes}).sweep(now)

    def hear(self, new: dict[str, Any], old: dict[str, Any] | None = None) -> None:
        self.workflows.listen(Change("1", old or {}, {"case_no": self.case_no, **new}))

    def fails(self, name: str = "", attempt: int = 1, now: datetime = NOW) -> None:
        self.workflows.restart("approval", self.case_no + name, now, attempt)

    def happens(self, name: EventName, **facts: Any) -> None:
        data = json.dumps({"name": name, "data": facts})
        self.hear({"sk": "event#000002", "data": data})

    @property
    def head(self) -> dict[str, Any]:
        return {"sk": "case", "service": "street-stall"}

    @property
    def started(self) -> list[tuple[str, str]]:
        """Workflow and name of what was started, without the case's number."""
        return [(arn, name.removeprefix(self.case_no)) for arn, name in self.client.started]
