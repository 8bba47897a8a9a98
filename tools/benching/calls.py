"""An eye on every call to AWS that is made while looking: by which function, what it was, which units it took.

What would leave this process is led astray: an execution that is started starts on a stand-in, a message goes to a stand-in queue,
an answer to a workflow goes to nobody. Each is still a real call, paid in CPU like any other, and `taken` has what it said.
"""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from tools.benching.units import TRANSACTION, Index, Item, carried, read, written

WRITES = {"PutItem": "Put", "UpdateItem": "Update", "DeleteItem": "Delete"}
Plain = Callable[[Any, str, dict[str, Any]], dict[str, Any]]


@dataclass
class Call:
    """One call: the function that made it, `service:Operation`, write and read units by place (a kind of item, or an index)."""

    function: str
    name: str
    writes: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    reads: dict[str, float] = field(default_factory=lambda: defaultdict(float))


@dataclass(frozen=True)
class StandIns:
    """Where executions and messages go while we look."""

    machine: str
    queue: str


class Calls:
    """Calls to AWS (`made`) and to outside parties (`parties`, how many by function), and what was led astray (`taken`)."""

    def __init__(self, meter: Meter | None = None, stand_ins: StandIns | None = None) -> None:
        self.made: list[Call] = []
        self.parties: Counter[str] = Counter()
        self.taken: list[tuple[str, dict[str, Any]]] = []
        self.function = ""
        self._meter, self._stand_ins = meter, stand_ins

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Look from here on."""
        import requests
        from botocore.client import BaseClient

        plain, send = BaseClient._make_api_call, requests.Session.send

        def noted(client: Any, operation: str, values: dict[str, Any]) -> Any:
            service = client.meta.service_model.service_name
            self.made.append(Call(self.function, f"{service}:{operation}"))
            if self._stand_ins and service in ("stepfunctions", "sqs"):
                return self._astray(plain, client, operation, values)
            if self._meter and service == "dynamodb":
                return self._meter.measured(plain, client, operation, values, self.made[-1])
            return plain(client, operation, values)

        def sent(session: Any, request: Any, **more: Any) -> Any:
            self.parties[self.function] += 1
            return send(session, request, **more)

        BaseClient._make_api_call, requests.Session.send = noted, sent  # type: ignore[method-assign, assignment]
        try:
            yield
        finally:
            BaseClient._make_api_call, requests.Session.send = plain, send  # type: ignore[method-assign]

    def _astray(self, plain: Plain, client: Any, operation: str, values: dict[str, Any]) -> Any:
        assert self._stand_ins is not None
        self.taken.append((operation, values))
        match operation:
            case "StartExecution":
                aside = {"stateMachineArn": self._stand_ins.machine, "name": uuid.uuid4().hex}
            case "SendMessage":
                aside = {"QueueUrl": self._stand_ins.queue}
            case "SendTaskSuccess":
                with suppress(client.exceptions.ClientError):  # the engine knows no such token
                    plain(client, operation, values)
                return {}
            case _:
                raise ValueError(f"a life makes no {operation}")
        return plain(client, operation, {**values, **aside})


class Meter:
    """Units of calls to DynamoDB, from the items as they were before and after."""

    def __init__(self, dynamo: Any) -> None:
        """Ask for every table now: what is asked while looking would be looked at."""
        self._dynamo = dynamo
        self._tables = {name: self._described(name) for name in dynamo.list_tables()["TableNames"]}

    def measured(self, plain: Plain, client: Any, operation: str, values: dict[str, Any], call: Call) -> Any:
        """Make the call and note its units; one that is refused takes units too. Raises what the call raises."""
        targets = list(self._targets(operation, values))
        before = [self._image(plain, name, key) for _, name, key in targets]
        answer: dict[str, Any] = {}
        try:
            answer = plain(client, operation, values)
        finally:
            for (verb, name, key), old in zip(targets, before, strict=True):
                new = self._image(plain, name, key)
                times = TRANSACTION if operation == "TransactWriteItems" else 1
                call.writes[_place(name, key)] += times * written(old, new)
                if verb != "ConditionCheck":
                    for index in self._tables[name][1]:
                        call.writes[index.name] += carried(index, old, new)
            self._read(operation, values, answer, call)
        return answer

    def _targets(self, operation: str, values: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Go over what a call writes: verb, table, key."""
        if operation == "BatchWriteItem":
            raise ValueError("nothing of ours writes in batches")
        each = [{WRITES[operation]: values}] if operation in WRITES else values.get("TransactItems", [])
        for action in each:
            ((verb, put),) = action.items()
            name = put["TableName"]
            key = put.get("Key") or {part: put["Item"][part] for part in self._tables[name][0]}
            yield verb, name, key

    def _read(self, operation: str, values: dict[str, Any], answer: dict[str, Any], call: Call) -> None:
        if {"FilterExpression", "ProjectionExpression", "Select"} & set(values):
            raise ValueError("of what is left out of an answer the bytes are not known")
        consistent = bool(values.get("ConsistentRead"))
        match operation:
            case "GetItem":
                item = answer.get("Item")
                call.reads[_place(values["TableName"], values["Key"])] += read([item] if item else [], consistent)
            case "Query":
                place = values.get("IndexName") or f"{_short(values['TableName'])} (query)"
                call.reads[place] += read(answer.get("Items", []), consistent)
            case "BatchGetItem" | "TransactGetItems" | "Scan":
                raise ValueError(f"no {operation} in a life")

    def _image(self, plain: Plain, name: str, key: dict[str, Any]) -> Item | None:
        found: Item | None = plain(
            self._dynamo, "GetItem", {"TableName": name, "Key": key, "ConsistentRead": True}
        ).get("Item")
        return found

    def _described(self, name: str) -> tuple[list[str], list[Index]]:
        """Return the key of a table and its indexes."""
        table = self._dynamo.describe_table(TableName=name)["Table"]
        key = [each["AttributeName"] for each in table["KeySchema"]]
        return key, [Index.of(each, key) for each in table.get("GlobalSecondaryIndexes", ())]


def _short(name: str) -> str:
    """`rongyiban-CasesTable-1ABC` → `Cases`."""
    return next((part.removesuffix("Table") for part in name.split("-") if part.endswith("Table")), name)


def _place(name: str, key: Item) -> str:
    """Name an item by its table and what it is: the beginning of its sort key, or of its key where it has no other."""
    part = key["sk"] if "sk" in key else next(iter(key.values()))
    return f"{_short(name)} {str(part['S']).partition('#')[0]}"
