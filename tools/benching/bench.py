"""A running system, and the handlers called in this process against it."""

from __future__ import annotations

import base64
import json
import os
import time
import uuid
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import httpx

from chalicelib.cases.model import HEAD
from tools.engine import REGION
from tools.stack import Stack

SERVICE = "elder-card"  # 即办件, one department, free, electronic: the simplest there is
PHONE = "13800001234"
WRAPPED = 184  # bytes of a wrapped AES-256 key as KMS makes it; the engine's is shorter, and every head holds one
CONTEXT = SimpleNamespace(aws_request_id="bench")


def event(method: str, path: str, resource: str = "", token: str = "", body: Any = None, **more: Any) -> dict[str, Any]:
    """Write a request as API Gateway hands it to the function."""
    headers = {"content-type": "application/json", **more.pop("headers", {})}
    headers |= {"authorization": f"Bearer {token}"} if token else {}
    query = more.pop("query", None)
    resource = resource or path
    return {
        "resource": resource,
        "path": path,
        "httpMethod": method,
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": query,
        "multiValueQueryStringParameters": {name: [value] for name, value in (query or {}).items()} or None,
        "pathParameters": more.pop("parameters", None),
        "stageVariables": None,
        "requestContext": {"resourcePath": resource, "httpMethod": method, "identity": {"sourceIp": "127.0.0.1"}},
        "body": json.dumps(body, ensure_ascii=False) if body is not None else None,
        "isBase64Encoded": False,
    }


def cpu(act: Callable[[], Any]) -> float:
    """CPU seconds of one call, of this thread alone: the front door is another thread of this process."""
    began = time.thread_time()
    act()
    return time.thread_time() - began


def as_aws(kms: Any) -> None:
    """Let a client of the engine's key service wrap keys to the length they have on AWS."""
    make, unwrap = kms.generate_data_key, kms.decrypt
    known: dict[bytes, bytes] = {}

    def padded(**asked: Any) -> Any:
        made = make(**asked)
        blob = made["CiphertextBlob"].ljust(WRAPPED, b"=")
        known[blob] = made["CiphertextBlob"]
        return {**made, "CiphertextBlob": blob}

    kms.generate_data_key = padded
    kms.decrypt = lambda *, CiphertextBlob, KeyId: unwrap(
        CiphertextBlob=known.get(CiphertextBlob, CiphertextBlob), KeyId=KeyId
    )


def filled(form: dict[str, Any]) -> dict[str, Any]:
    """Fill a form in with the longest example of each field."""
    return {name: max(field["examples"], key=lambda each: len(str(each))) for name, field in form["properties"].items()}


class Bench:
    """The system, a citizen of it, and requests to the API function."""

    def __init__(self, stack: Stack) -> None:
        os.environ.update(stack.environment)
        import app
        from chalicelib.kernel import config
        from tests.journey.city import City

        as_aws(config.client("kms"))
        self.stack, self.city, self._app = stack, City(stack.endpoints), app.app
        self.table = stack.outputs["CasesTable"]
        self.dynamo = stack.client("dynamodb")
        self.token = self.city.wechat()
        self.body = self.application(SERVICE)
        self.identity = str(self.body["form"]["id_number"])

    def application(self, service: str) -> dict[str, Any]:
        """Write an application for a service, its form filled in."""
        form = self.city.call("GET", f"/v1/services/{service}")["form"]
        return {"service": service, "form": filled(form), "contact": {"phone": PHONE}}

    def ask(self, asked: dict[str, Any], *wanted: int) -> Any:
        """Call the API function; the status must be as wanted."""
        answer = self._app(asked, CONTEXT)
        assert answer["statusCode"] in wanted, answer
        return json.loads(answer["body"])

    def filing(self, body: dict[str, Any], key: str = "", token: str = "") -> dict[str, Any]:
        """Write the request that files an application, by the mini-program unless another session is given."""
        headers = {"idempotency-key": key or uuid.uuid4().hex}
        return event("POST", "/v1/applications", token=token or self.token, body=body, headers=headers)

    def apply(self, key: str = "") -> Any:
        """File one application. 200 comes where the SDK sent the write twice: the first had arrived, its answer had not."""
        return self.ask(self.filing(self.body, key), 201, 200)

    def status(self, case_no: str) -> Any:
        """Ask for a status, as anybody who knows number and last four digits."""
        place, query = {"case_no": case_no}, {"verify": self.identity[-4:]}
        return self.ask(
            event("GET", f"/v1/status/{case_no}", "/v1/status/{case_no}", parameters=place, query=query), 200
        )

    def head(self, case_no: str) -> dict[str, Any]:
        """Read a case's item as it is kept."""
        key = {"case_no": {"S": case_no}, "sk": {"S": HEAD}}
        item: dict[str, Any] = self.dynamo.get_item(TableName=self.table, Key=key, ConsistentRead=True)["Item"]
        return item

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

    def pause(self) -> None:
        """Let the stream and the clock rest: what is measured from here on is played, or of no consequence."""
        functions, events = self.stack.client("lambda"), self.stack.client("events")
        for mapping in functions.list_event_source_mappings()["EventSourceMappings"]:
            if ":dynamodb:" in mapping["EventSourceArn"]:
                functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
        for rule in events.list_rules()["Rules"]:
            if "ScheduleExpression" in rule:
                events.disable_rule(Name=rule["Name"])


def _plain(value: Any) -> Any:
    """Write an attribute value as the wire has it: bytes as base64."""
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value
