"""What makes functions run, played in this process: the table's stream, the workflows, the queues of notices and documents.

The stream is read from the engine's own; the filters are those of the template. A workflow takes the road on which all is
approved: its definition says which step is called with what, `transitions` what that costs.
"""

from __future__ import annotations

import base64
import itertools
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from infra.workflows import definition, names
from tools.benching import transitions

Record = dict[str, Any]
TOKEN = 700  # characters of a task token as Step Functions makes them (2,048 at most); the engine's are short, and rows hold them


class Stream:
    """What is written to the cases table from now on."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        (found,) = client.list_streams(TableName=table)["Streams"]
        self._arn = arn = found["StreamArn"]
        shards = client.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
        self._places = [
            client.get_shard_iterator(StreamArn=arn, ShardId=each["ShardId"], ShardIteratorType="LATEST")[
                "ShardIterator"
            ]
            for each in shards
        ]

    def read(self) -> list[Record]:
        """Return the records that are new, as Lambda hands them to a function."""
        found: list[Record] = []
        for number, place in enumerate(self._places):
            told = self._client.get_records(ShardIterator=place)
            self._places[number] = told["NextShardIterator"]
            found += told["Records"]
        return [_event(each, self._arn) for each in found]


def _event(record: Record, stream: str) -> Record:
    told: Record = json.loads(json.dumps(record, default=_plain))
    return {**told, "eventSource": "aws:dynamodb", "eventSourceARN": stream}


def _plain(value: Any) -> Any:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value.timestamp()


@dataclass
class Execution:
    """One execution on its way: rounds of steps still to be called, and the tokens whose answers it waits for."""

    rounds: Iterator[list[dict[str, Any]]]
    waits: set[str] = field(default_factory=set)

    def go_on(self) -> list[dict[str, Any]]:
        """Return the steps of the next round, none where it is at its end."""
        steps = next(self.rounds, [])
        self.waits = {step["token"] for step in steps if "token" in step}
        return steps


class Executions:
    """Executions by what is started and answered; `entered` counts their states."""

    def __init__(self, arns: dict[str, str]) -> None:
        self._stems = {arns[name]: stem for name, stem in names().items()}
        self._under_way: list[Execution] = []
        self.entered = 0

    def start(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        """Start one as StartExecution asks; return what its first steps are called with."""
        machine, plan = definition(self._stems[values["stateMachineArn"]]), json.loads(values["input"])
        self.entered += transitions.entered(machine, transitions.items(plan))
        self._under_way.append(Execution(rounds(machine, plan)))
        return self._under_way[-1].go_on()

    def answer(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        """Answer a token; return what the next steps are called with, none while others of the round are waited for."""
        for each in self._under_way:
            if values["taskToken"] in each.waits:
                each.waits.remove(values["taskToken"])
                return [] if each.waits else each.go_on()
        return []


def rounds(machine: dict[str, Any], plan: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    """Go over the rounds of steps of an execution, each with what it is called with."""
    state = machine["States"][machine["StartAt"]]
    if state["Type"] != "Map":
        yield [_payload(state, plan)]
        return
    inner = state["ItemProcessor"]
    task = inner["States"][inner["StartAt"]]
    for stage in plan["stages"]:
        each = ({**plan, "stage": stage["id"], "department": department} for department in stage["departments"])
        yield [_payload(task, known) for known in each]


def _payload(state: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """Fill in what a step is called with: what stands in an expression is known by the name it is given to."""
    known = {**known, "token": uuid.uuid4().hex.ljust(TOKEN, "=")}
    given = state["Arguments"]["Payload"]
    return {name: known[name] if str(text).startswith("{%") else text for name, text in given.items()}


_numbers = itertools.count(1)


def message(values: dict[str, Any]) -> dict[str, Any]:
    """Write a message as Lambda hands it to a function that takes from the queue."""
    number = f"m{next(_numbers)}"
    attributes = {"ApproximateReceiveCount": "1"}
    record = {"messageId": number, "receiptHandle": number, "body": values["MessageBody"], "attributes": attributes}
    return {"Records": [{**record, "eventSource": "aws:sqs", "eventSourceARN": "queue"}]}
