"""The whole life of a case of the simplest service, from receipt to closing, its rating included, with every function it calls on.

    citizen files ─► stream ─► approval ─► a task ─► a clerk lists, claims, grants ─► stream ─► delivery ─► stream ─► rating
    ─► the citizen rates ─► (15 days on) the clock closes it; and each notice on the way

The handlers are the real ones, called in this process and warm. Several lives are led, so that what is shared in a city of some
millions of cases a year is shared here: one round of the clock closes them all, one batch of figures counts them all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from typing import Any

from infra.listening import hears
from tools.benching.bench import CONTEXT, SERVICE, Bench, cpu, event
from tools.benching.calls import Calls, Meter, StandIns
from tools.benching.spent import API, Spent
from tools.benching.triggers import Executions, Record, Stream, message

LIVES = 14  # seven happenings each fill the figures' batch of a hundred; closed in one minute they are 7 million a year
BATCH = 100  # records of a batch of figures (handlers/supervision.py)
AFTER = timedelta(days=16)  # past the rating window


class Lives:
    """So many lives; `spent` is what they cost, in units too where it is metered."""

    def __init__(self, bench: Bench, stand_ins: StandIns, count: int, metered: bool = False) -> None:
        self._bench = bench
        calls = Calls(Meter(bench.dynamo) if metered else None, stand_ins)
        self.spent = Spent(count, calls)
        self._stream = Stream(bench.stack.client("dynamodbstreams"), bench.table)
        self._executions = Executions(
            {
                name.removesuffix("Workflow"): arn
                for name, arn in bench.stack.outputs.items()
                if name.endswith("Workflow")
            }
        )
        self._happened: list[Record] = []

    def lead(self) -> Spent:
        """Lead all lives from receipt to closing."""
        service = self._bench.city.call("GET", f"/v1/services/{SERVICE}")
        (stage,) = service["stages"]
        clerk = self._bench.city.clerk(stage["departments"][0], "approver")
        with self.spent.calls.looking():
            for _ in range(self.spent.lives):
                self._one(clerk)
            with _later():
                self._invoke("Clock", "clock", "clock", {"round": "closed"})
                self._follow()
            self._count()
        self.spent.transitions = self._executions.entered
        return self.spent

    def _one(self, clerk: str) -> None:
        case_no = self._ask(self._bench.filing(self._bench.body), 201)["case_no"]
        self._follow()
        tasks = self._ask(event("GET", "/v1/tasks", token=clerk), 200)["tasks"]
        (task,) = [each["task_id"] for each in tasks if each["case_no"] == case_no]
        self._work(clerk, task, "claim", None)
        self._work(clerk, task, "decision", {"outcome": "approve", "opinion": "情况属实，符合条件"})
        self._follow()
        resource, place = "/v1/cases/{case_no}/rating", {"case_no": case_no}
        path = resource.format(**place)
        self._ask(event("POST", path, resource, self._bench.token, {"level": 5}, parameters=place), 201)
        self._follow()

    def _work(self, clerk: str, task: str, act: str, body: Any) -> None:
        resource, place = f"/v1/tasks/{{task_id}}/{act}", {"task_id": task}
        self._ask(event("POST", resource.format(**place), resource, clerk, body, parameters=place), 200)

    def _ask(self, asked: dict[str, Any], *wanted: int) -> Any:
        found: list[Any] = []
        name = f"{API} {asked['httpMethod']} {asked['resource']}"
        self._spend(name, lambda: found.append(self._bench.ask(asked, *wanted)))
        return found[0]

    def _invoke(self, function: str, module: str, name: str, asked: dict[str, Any]) -> None:
        handler = getattr(import_module(f"handlers.{module}"), name)
        answers: list[Any] = []
        self._spend(function, lambda: answers.append(handler(asked, CONTEXT)))
        assert not (answers[0] or {}).get("batchItemFailures"), (function, asked)

    def _spend(self, function: str, act: Callable[[], Any]) -> None:
        self.spent.calls.function = function
        self.spent.invocations[function] += 1
        self.spent.cpu[function] += cpu(act)
        self.spent.calls.function = ""

    def _follow(self) -> None:
        """Do all that follows from what was written, until nothing more does."""
        while records := self._stream.read():
            self.spent.records += len(records)
            self._happened += [each for each in records if hears("Figures", each)]
            if heard := [each for each in records if hears("Stream", each)]:
                self._invoke("Stream", "stream", "stream", {"Records": heard})
            while self.spent.calls.taken:
                self._work_off(*self.spent.calls.taken.pop(0))

    def _work_off(self, operation: str, values: dict[str, Any]) -> None:
        if operation == "SendMessage":
            outputs = self._bench.stack.outputs
            (function,) = (name for name in ("Notices", "Documents") if outputs[f"{name}Queue"] == values["QueueUrl"])
            self.spent.messages += 1
            self._invoke(function, function.lower(), function.lower(), message(values))
            return
        act = self._executions.start if operation == "StartExecution" else self._executions.answer
        for step in act(values):
            self._invoke("Steps", "steps", "steps", step)

    def _count(self) -> None:
        for first in range(0, len(self._happened), BATCH):
            self._invoke("Figures", "supervision", "figures", {"Records": self._happened[first : first + BATCH]})


@contextmanager
def _later() -> Iterator[None]:
    """Let the product's clock show the time when the rating window is over."""
    from chalicelib.kernel import clock

    now = clock.now
    clock.now = lambda: now() + AFTER
    try:
        yield
    finally:
        clock.now = now


def stand_ins(bench: Bench) -> StandIns:
    """Make what executions and messages are led astray to: a workflow that does nothing, a queue nobody reads."""
    nothing = {"StartAt": "Nothing", "States": {"Nothing": {"Type": "Succeed"}}}
    role = ":".join(("arn", "aws", "iam", "", "000000000000", "role/nobody"))
    machine = bench.stack.client("stepfunctions").create_state_machine(
        name="stand-in", definition=json.dumps(nothing), roleArn=role
    )
    queue = bench.stack.client("sqs").create_queue(QueueName="stand-in")
    return StandIns(machine["stateMachineArn"], queue["QueueUrl"])
