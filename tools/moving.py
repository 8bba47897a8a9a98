"""Move a running case to another version of its service, on purpose: `make ops DO=move CASE=… TO=v000002`.

It says what would change for the case and does nothing; with SURE=yes it moves, and the timeline says so. A case keeps the rules it was
filed under otherwise, and the clock it was given always. Where it is not decided yet, its approval is begun again by the new version's
stages: steps pass over the stages that are done under the same name, and an open task of a stage whose turn it is not any more is taken
off the desk, to come again in its turn. What could not go on from there is refused.
"""

from __future__ import annotations

import getpass
import json
from collections.abc import Sequence
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.cases.items import Item, case_of, event_item, row_of
from chalicelib.cases.model import HEAD, TASK, WAIT, Case, Event, Row
from chalicelib.kernel import clock
from chalicelib.tasks.model import TaskKey
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import UNDECIDED, Status
from tools.system import System

RULES = (
    "applicant", "department", "departments", "fee", "form", "materials", "pickup", "result", "stages", "task_code",
)  # fmt: skip
"""What a case asks of its service once it is filed. Its days are the clock's, its name, channel and delivery are its own."""
Stages = Sequence[dict[str, Any]]


def changes(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Say what would change for a case between two versions of its service, a line each; stages by their ids where those differ."""
    found = []
    for name in RULES:
        before, after = _apart(old.get(name), new.get(name))
        if before != after:
            found.append(f"{name}: {_short(before)} → {_short(after)}")
    return found


def _apart(before: Any, after: Any) -> tuple[Any, Any]:
    """Return only what differs of two values; of lists of named things, whose names differ, the names."""
    named = [_named(before), _named(after)]
    if all(named) and list(named[0]) != list(named[1]):
        return list(named[0]), list(named[1])
    before, after = named[0] or before, named[1] or after
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return before, after
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    pairs = {name: _apart(before.get(name), after.get(name)) for name in names}
    return {name: pair[0] for name, pair in pairs.items()}, {name: pair[1] for name, pair in pairs.items()}


def _named(value: Any) -> dict[str, Any]:
    """Return stages or materials by their names; empty for anything else."""
    items = value if isinstance(value, list) else []
    found = {str(each.get("id") or each.get("code") or ""): each for each in items if isinstance(each, dict)}
    return found if len(found) == len(items) and "" not in found else {}


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:77]}…"


def left(stages: Stages, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return the stages that some department has still to approve."""
    approved = {_place(row) for row in rows if row.kind == TASK and row.outcome == "approve"}
    return [each for each in stages if not {(each["id"], name) for name in each["departments"]} <= approved]


def off_turn(stages: Stages, rows: Sequence[Row]) -> list[Row]:
    """Return the open tasks whose turn it is not by these stages."""
    now = left(stages, rows)[0]
    turn = {(now["id"], name) for name in now["departments"]}
    return [row for row in rows if row.kind == TASK and row.outcome is None and _place(row) not in turn]


def _place(row: Row) -> tuple[str, str]:
    key = TaskKey.of(row)
    return key.stage, key.department


def refused(case: Case, rows: Sequence[Row], stages: Stages) -> str:
    """Say why a case cannot go on by these stages; empty where it can."""
    if case.status not in UNDECIDED:
        return ""
    if case.status is Status.CORRECTION or any(row.kind == WAIT and row.outcome is None for row in rows):
        return "正在等申请人补正，补齐或逾期之后再改 (a supplement is awaited)"
    after = left(stages, rows)
    if not after or after[-1] is not stages[-1]:
        return "新版本最后的环节已经通过，改过去就再没有人作决定 (its last stage is approved: nobody would decide)"
    if case.clock.accepted and any(each["kind"] == "acceptance" for each in after):
        return "这件已经受理，新版本还要再受理一次 (it is accepted already)"
    if any(TaskKey.of(row).round > 1 for row in off_turn(stages, rows)):
        return "补正之后的环节正在办，办完再改 (a stage goes on after its supplement)"
    return ""


def move(system: System, case_no: str, to: str, sure: bool) -> list[str]:
    """Return what would change; `sure`: move the case. Raises SystemExit for what is not there, cannot be, or changed meanwhile."""
    case, rows = _whole(system, case_no)
    new = _version(system, case.service, to)
    told = changes(_version(system, case.service, case.version), new)
    why = refused(case, rows, new["stages"]) if told else "对这个办件没有任何改变 (nothing would change for it)"
    if why:
        raise SystemExit(f"不能改用{to}：{why}")
    if sure:
        undecided = case.status in UNDECIDED
        _write(system, case, to, off_turn(new["stages"], rows) if undecided else [])
        if undecided:
            _begin_again(system, case_no)
    return told


def _whole(system: System, case_no: str) -> tuple[Case, list[Row]]:
    pages = system.client("dynamodb").get_paginator("query")
    asked = {"KeyConditionExpression": "case_no = :no", "ExpressionAttributeValues": {":no": {"S": case_no}}}
    found = pages.paginate(TableName=system.outputs["CasesTable"], ConsistentRead=True, **asked)
    items = [Item.from_raw_data(item) for page in found for item in page["Items"]]
    head = next((item for item in items if item.sk == HEAD), None)
    if head is None:
        raise SystemExit(f"没有这个办件 (no such case): {case_no}")
    return case_of(head), [row_of(item) for item in items if item.sk != HEAD]


def _version(system: System, code: str, version: str) -> dict[str, Any]:
    place = {"code": {"S": code}, "version": {"S": version}}
    item = system.client("dynamodb").get_item(TableName=system.outputs["CatalogueTable"], Key=place).get("Item")
    if item is None:
        raise SystemExit(f"没有这个版本 (no such version): {code} {version}")
    found: dict[str, Any] = json.loads(item["value"]["S"])
    return found


def _write(system: System, case: Case, to: str, gone: Sequence[Row]) -> None:
    """Write version, timeline and what leaves the desks, all or nothing. The account of who did it is on the event, on no page."""
    dynamo, table = system.client("dynamodb"), {"TableName": system.outputs["CasesTable"]}
    told = {"from": case.version, "to": to}
    text = f"改按新一版规则办理（{case.version} → {to}）"
    event = Event(EventName.RULES_CHANGED, text, clock.now(), "系统运维", told, f"ops:{getpass.getuser()}")
    head = {
        "Key": _key(case.case_no, HEAD),
        "UpdateExpression": "SET version = :to, rev = rev + :one",
        "ConditionExpression": "rev = :rev",
        "ExpressionAttributeValues": {":to": {"S": to}, ":one": {"N": "1"}, ":rev": {"N": str(case.rev)}},
    }
    happened = event_item(case.with_(rev=case.rev + 1), event).to_dynamodb_dict()
    writes = [
        {"Update": table | head},
        {"Put": table | {"Item": happened, "ConditionExpression": "attribute_not_exists(case_no)"}},
    ]
    for row in gone:
        unchanged = {
            "ConditionExpression": "rev = :rev",
            "ExpressionAttributeValues": {":rev": {"N": str(row.rev)}},
        }
        writes.append({"Delete": table | {"Key": _key(row.case_no, row.key)} | unchanged})
    try:
        dynamo.transact_write_items(TransactItems=writes)
    except ClientError as error:
        if error.response["Error"]["Code"] != "TransactionCanceledException":
            raise
        raise SystemExit("这件刚刚有了新的变化，请再看一次 (changed meanwhile)") from None


def _key(case_no: str, sk: str) -> dict[str, Any]:
    return {"case_no": {"S": case_no}, "sk": {"S": sk}}


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
