"""What `tools.bench` measures with: the handler called in this process, and an eye on every call to AWS."""

from __future__ import annotations

import base64
import json
import math
import os
import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import httpx

from tools.engine import REGION
from tools.stack import Stack

SERVICE = "elder-card"  # 即办件, one department, free, electronic: the simplest there is
PHONE = "13800001234"


class Calls:
    """Every call to AWS made while looking, with the capacity DynamoDB says it took."""

    def __init__(self) -> None:
        self.made: list[tuple[str, float]] = []

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Look from here on."""
        from botocore.client import BaseClient

        plain = BaseClient._make_api_call

        def noted(client: Any, operation: str, values: dict[str, Any]) -> Any:
            service = client.meta.service_model.service_name
            dynamo = service == "dynamodb"
            answer = plain(client, operation, {**values, "ReturnConsumedCapacity": "INDEXES"} if dynamo else values)
            taken = answer.get("ConsumedCapacity") or {}
            units = sum(
                each["CapacityUnits"] for each in (taken if isinstance(taken, list) else [taken] if taken else [])
            )
            self.made.append((f"{service}:{operation}", float(units)))
            return answer

        BaseClient._make_api_call = noted
        try:
            yield
        finally:
            BaseClient._make_api_call = plain


def event(method: str, path: str, resource: str = "", token: str = "", body: Any = None, **more: Any) -> dict[str, Any]:
    """Write a request as API Gateway hands it to the function."""
    headers = {"content-type": "application/json", **more.pop("headers", {})}
    headers |= {"authorization": f"Bearer {token}"} if token else {}
    query = more.pop("query", None)
    return {
        "resource": resource or path,
        "path": path,
        "httpMethod": method,
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": query,
        "multiValueQueryStringParameters": {name: [value] for name, value in (query or {}).items()} or None,
        "pathParameters": more.pop("parameters", None),
        "stageVariables": None,
        "requestContext": {
            "resourcePath": resource or path,
            "httpMethod": method,
            "identity": {"sourceIp": "127.0.0.1"},
        },
        "body": json.dumps(body, ensure_ascii=False) if body is not None else None,
        "isBase64Encoded": False,
    }


def cpu(act: Callable[[], Any]) -> float:
    """CPU seconds of one call."""
    began = time.process_time()
    act()
    return time.process_time() - began


def size(item: dict[str, Any]) -> int:
    """Bytes of an item as DynamoDB counts them (names and values; numbers by their digits)."""
    total = 0
    for name, typed in item.items():
        ((kind, value),) = typed.items()
        body = len(value) if kind == "B" else len(str(value)) // 2 + 1 if kind == "N" else len(str(value).encode())
        total += len(name.encode()) + body
    return total


def _key(case_no: str) -> dict[str, Any]:
    return {"case_no": {"S": case_no}, "sk": {"S": "case"}}


def _plain(value: Any) -> Any:
    """Write an attribute value as the wire has it: bytes as base64."""
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


class Bench:
    """The measurements, each against a running system."""

    def __init__(self, stack: Stack, rounds: int) -> None:
        os.environ.update(stack.environment)
        import app
        from tests.journey.city import City

        self.stack, self.rounds, self.city = stack, rounds, City(stack.endpoints)
        self.table = stack.outputs["CasesTable"]
        self.dynamo = stack.client("dynamodb")
        self.handler, self.context = app.app, type("Context", (), {"aws_request_id": "bench"})()
        self.token = self.city.wechat()
        form = self.city.call("GET", f"/v1/services/{SERVICE}")["form"]
        filled = {name: field["examples"][0] for name, field in form["properties"].items()}
        self.identity = str(filled["id_number"])
        self.body: dict[str, Any] = {"service": SERVICE, "form": filled, "contact": {"phone": PHONE}}

    def apply(self, key: str = "") -> Any:
        """File one application by calling the handler here; return the receipt."""
        asked = event(
            "POST",
            "/v1/applications",
            token=self.token,
            body=self.body,
            headers={"idempotency-key": key or uuid.uuid4().hex},
        )
        answer = self.handler(asked, self.context)
        assert answer["statusCode"] == 201, answer
        return json.loads(answer["body"])

    def status(self, case_no: str, verify: str) -> Any:
        """Ask for a status by calling the handler here."""
        asked = event(
            "GET",
            f"/v1/status/{case_no}",
            "/v1/status/{case_no}",
            parameters={"case_no": case_no},
            query={"verify": verify},
        )
        answer = self.handler(asked, self.context)
        assert answer["statusCode"] == 200, answer
        return answer

    def head(self, case_no: str) -> dict[str, Any]:
        """Read a case's item as it is kept."""
        item: dict[str, Any] = self.dynamo.get_item(TableName=self.table, Key=_key(case_no), ConsistentRead=True)[
            "Item"
        ]
        return item

    def accept(self) -> tuple[float, float]:
        """Median CPU of (the whole handler call, one raw put of the same bytes), by turns."""
        item = self.head(self.apply()["case_no"])
        ours: list[float] = []
        raw: list[float] = []
        for turn in range(self.rounds + 20):
            asked = uuid.uuid4().hex
            one = cpu(partial(self.apply, asked))
            fresh = {**item, "case_no": {"S": asked[:12]}}
            other = cpu(partial(self.dynamo.put_item, TableName=self.table, Item=fresh))
            if turn >= 20:
                ours.append(one)
                raw.append(other)
        return statistics.median(ours), statistics.median(raw)

    def writes(self) -> tuple[list[str], int, dict[str, int]]:
        """Calls made to accept one application, and the write units of its item and of each index, by DynamoDB's rules."""
        self.apply()  # services, keys and today's data key are known from here on
        calls = Calls()
        with calls.looking():
            case_no = self.apply()["case_no"]
        item = self.head(case_no)
        table = self.dynamo.describe_table(TableName=self.table)["Table"]
        keys = {"case_no", "sk"}
        units = {}
        for index in table["GlobalSecondaryIndexes"]:
            held = {each["AttributeName"] for each in index["KeySchema"]}
            if held <= set(item):
                shown = keys | held | set(index["Projection"].get("NonKeyAttributes", []))
                units[index["IndexName"]] = math.ceil(size({name: item[name] for name in shown if name in item}) / 1024)
        return [name for name, _ in calls.made], math.ceil(size(item) / 1024), units

    def reads(self) -> tuple[list[str], float]:
        """Calls made, and units taken, by a status query."""
        case_no = self.apply()["case_no"]
        self.status(case_no, self.identity[-4:])  # services and keys are known from here on
        calls = Calls()
        with calls.looking():
            self.status(case_no, self.identity[-4:])
        return [name for name, _ in calls.made], sum(units for _, units in calls.made)

    def transitions(self) -> dict[str, int]:
        """Walk the simplest service from receipt to rating; count the states entered in all its executions."""
        me = self.city.wechat()
        case_no = self.city.apply(me, SERVICE, PHONE)["case_no"]
        service = self.city.call("GET", f"/v1/services/{SERVICE}")
        for stage in service["stages"]:
            for department in stage["departments"]:
                self.city.decide(department, "approver" if stage["kind"] != "acceptance" else "clerk", case_no)
        self.city.status(me, case_no, "delivered", "closed")
        self.city.call("POST", f"/v1/cases/{case_no}/rating", me, (200, 201), json={"level": 5})
        self.city.status(me, case_no, "closed")
        time.sleep(2)
        return self._entered(case_no)

    def _entered(self, case_no: str) -> dict[str, int]:
        states = self.stack.client("stepfunctions")
        found: dict[str, int] = {}
        for machine in states.list_state_machines()["stateMachines"]:
            arn = machine["stateMachineArn"]
            for execution in states.list_executions(stateMachineArn=arn, maxResults=1000)["executions"]:
                told = states.describe_execution(executionArn=execution["executionArn"])
                if json.loads(told["input"]).get("case_no") == case_no:
                    history = states.get_execution_history(executionArn=execution["executionArn"], maxResults=1000)[
                        "events"
                    ]
                    name = machine["name"].split("-")[1].lower()
                    found[name] = found.get(name, 0) + sum(each["type"].endswith("StateEntered") for each in history)
        return found

    def fill(self, cases: int) -> None:
        """Put cases into the table until it holds so many: copies of a real one under other numbers and other people.

        Straight over HTTP: boto3 takes longer to write so many requests than the engine to read them.
        """
        stored = self.head(self.apply()["case_no"])
        item = {name: {kind: _plain(value) for kind, value in typed.items()} for name, typed in stored.items()}
        held = self.dynamo.describe_table(TableName=self.table)["Table"]["ItemCount"]
        scope = f"Credential=test/20260101/{REGION}/dynamodb/aws4_request, SignedHeaders=host, Signature=none"
        headers = {
            "X-Amz-Target": "DynamoDB_20120810.BatchWriteItem",
            "Content-Type": "application/x-amz-json-1.0",
            "Authorization": f"AWS4-HMAC-SHA256 {scope}",
        }
        with httpx.Client(base_url=self.stack.engine.url, headers=headers, timeout=60, trust_env=False) as wire:
            for first in range(held, cases, 25):
                puts = []
                for number in range(first, min(first + 25, cases)):
                    fresh = {name: {"S": f"{number:064x}"} for name in ("owner", "phone_hash", "applicant_hash")}
                    puts.append({"PutRequest": {"Item": {**item, **fresh, "case_no": {"S": f"{number:012d}"}}}})
                wire.post("/", content=json.dumps({"RequestItems": {self.table: puts}})).raise_for_status()

    def pause(self, paused: bool) -> None:
        """Keep the stream from starting a workflow for every measured application, or let it again."""
        functions = self.stack.client("lambda")
        for mapping in functions.list_event_source_mappings()["EventSourceMappings"]:
            if ":dynamodb:" in mapping["EventSourceArn"]:
                functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=not paused)
