"""Move a running case to another version of its service, on purpose: `make ops DO=move CASE=… TO=v000002`.

It says what would change and does nothing; with SURE=yes it moves. A case keeps the rules it was filed under otherwise. Where it is not
decided yet, its approval is begun again by the new version's stages: steps pass over the stages that are done under the same name, and an
open task of a stage whose turn it is not any more is taken off the desk, to come again in its turn.
"""

from __future__ import annotations

import json
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.vocabulary.statuses import UNDECIDED, Status
from tools.ops import System


def changes(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Say what differs between two versions of a service, a line each, the stages by their ids."""
    found = []
    for name in sorted({*old, *new}):
        before, after = old.get(name), new.get(name)
        if name == "stages":
            before, after = ([stage["id"] for stage in each or []] for each in (before, after))
        if old.get(name) != new.get(name):
            found.append(f"{name}: {_short(before)} → {_short(after)}")
    return found


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:77]}…"


def move(system: System, case_no: str, to: str, sure: bool) -> list[str]:
    """Return what would change; `sure`: move the case. Raises SystemExit for what is not there, or changed meanwhile."""
    dynamo, table = system.client("dynamodb"), system.outputs["CasesTable"]
    key = {"case_no": {"S": case_no}, "sk": {"S": "case"}}
    head = dynamo.get_item(TableName=table, Key=key, ConsistentRead=True).get("Item")
    if head is None:
        raise SystemExit(f"没有这个办件 (no such case): {case_no}")
    code, version = head["service"]["S"], head["version"]["S"]
    new = _version(system, code, to)
    told = changes(_version(system, code, version), new)
    if not sure:
        return told
    try:
        dynamo.update_item(
            TableName=table,
            Key=key,
            UpdateExpression="SET version = :to, rev = rev + :one",
            ConditionExpression="rev = :rev",
            ExpressionAttributeValues={":to": {"S": to}, ":one": {"N": "1"}, ":rev": head["rev"]},
        )
    except dynamo.exceptions.ConditionalCheckFailedException:
        raise SystemExit("这件刚刚有了新的变化，请再看一次 (changed meanwhile)") from None
    if Status(head["status"]["S"]) in UNDECIDED:
        _take_off(system, case_no, new["stages"])
        _begin_again(system, case_no)
    return told


def _version(system: System, code: str, version: str) -> dict[str, Any]:
    place = {"code": {"S": code}, "version": {"S": version}}
    item = system.client("dynamodb").get_item(TableName=system.outputs["CatalogueTable"], Key=place).get("Item")
    if item is None:
        raise SystemExit(f"没有这个版本 (no such version): {code} {version}")
    found: dict[str, Any] = json.loads(item["value"]["S"])
    return found


def turn(stages: list[dict[str, Any]], approved: set[tuple[str, str]]) -> str:
    """Return the id of the first stage that some department (stage, department) has still to approve; the last one where none has."""
    left = [each["id"] for each in stages if not {(each["id"], name) for name in each["departments"]} <= approved]
    return str(left[0] if left else stages[-1]["id"])


def _take_off(system: System, case_no: str, stages: list[dict[str, Any]]) -> None:
    dynamo, table = system.client("dynamodb"), system.outputs["CasesTable"]
    asked = {":no": {"S": case_no}, ":task": {"S": "task#"}}
    condition = "case_no = :no AND begins_with(sk, :task)"
    pages = dynamo.get_paginator("query").paginate(
        TableName=table, KeyConditionExpression=condition, ExpressionAttributeValues=asked, ConsistentRead=True
    )
    rows = [(item["sk"]["S"], item.get("outcome", {}).get("S")) for page in pages for item in page["Items"]]
    places = {sk: tuple(sk.split("#")[1:3]) for sk, _ in rows}
    now = turn(stages, {(places[sk][0], places[sk][1]) for sk, outcome in rows if outcome == "approve"})
    for sk, outcome in rows:
        if outcome is None and places[sk][0] != now:
            dynamo.delete_item(
                TableName=table,
                Key={"case_no": {"S": case_no}, "sk": {"S": sk}},
                ConditionExpression="attribute_not_exists(outcome)",
            )


def _begin_again(system: System, case_no: str) -> None:
    """Stop the approval that runs: whatever is stopped is begun again, by the head as it is now."""
    states, arn = system.client("stepfunctions"), system.outputs["ApprovalWorkflow"]
    place = f"{arn.replace(':stateMachine:', ':execution:')}:{case_no}"
    for restart in range(100):
        name = f"{place}-{restart}" if restart else place
        try:
            if states.describe_execution(executionArn=name)["status"] == "RUNNING":
                states.stop_execution(executionArn=name, cause="moved to another version")
                return
        except ClientError as gone:
            if gone.response["Error"]["Code"] != "ExecutionDoesNotExist":
                raise
            return
