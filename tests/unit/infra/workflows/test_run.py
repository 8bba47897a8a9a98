"""The workflows run for real on the embedded engine, with a Lambda that only writes down what it is asked."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from chalicelib.kernel import clock
from infra.workflows import definition
from tools.engine import Engine, free_port, start

pytestmark = pytest.mark.slow
PATIENCE = 60.0
CODE = """
import json
def handler(event, context):
    with open({calls!r}, "a") as sink:
        sink.write(json.dumps(event) + "\\n")
    return {{"outcome": "closed"}} if event["step"] == "close" else None
"""
ONE = [{"id": "s1", "departments": ["a"]}]
TWO = [{"id": "s1", "departments": ["a", "b"]}, {"id": "s2", "departments": ["c"]}]
Answer = dict[str, Any]
CLOSES = {"closes_at": clock.iso(clock.now() - timedelta(days=1))}

# stages, fee, answers by step and department (in order of asking), steps asked, output, lifecycle states entered
Road = tuple[list[dict[str, Any]], bool, dict[str, list[Answer]], list[str], str, str]
ROADS: dict[str, Road] = {
    "simplest": (
        ONE,
        False,
        {
            "open_task a": [{"outcome": "approve"}],
            "deliver": [{"outcome": "delivered", **CLOSES}],
            "invite": [{"outcome": "rated"}],
        },
        ["open_task a", "deliver", "invite", "close"],
        "closed",
        "Approve Decided Deliver RateService WaitToClose Close",
    ),
    "parallel, corrected, paid": (
        TWO,
        True,
        {
            "open_task a": [{"outcome": "correction"}, {"outcome": "approve"}],
            "open_task b": [{"outcome": "approve"}],
            "open_task c": [{"outcome": "approve"}],
            "await_supplement a": [{"outcome": "supplemented"}],
            "collect": [{"outcome": "paid"}],
            "deliver": [{"outcome": "delivered", **CLOSES}],
            "invite": [{"outcome": "rated"}],
        },
        [
            "open_task a",
            "open_task b",
            "await_supplement a",
            "open_task a",
            "open_task c",
            "collect",
            "deliver",
            "invite",
            "close",
        ],
        "closed",
        "Approve Decided Pay Paid Deliver RateService WaitToClose Close",
    ),
    "denied while another reviews": (
        TWO,
        True,
        {
            "open_task a": [{"outcome": "reject"}],
            "open_task b": [{"outcome": "superseded"}],
            "invite": [{"outcome": "rated"}],
        },
        ["open_task a", "open_task b", "invite"],
        "rated",
        "Approve Decided RateDecision",
    ),
    "not accepted": (
        TWO[1:] + ONE,
        False,
        {"open_task c": [{"outcome": "reject", "result": "not_accepted"}], "invite": [{"outcome": "rated"}]},
        ["open_task c", "invite"],
        "rated",
        "Approve Decided RateDecision",
    ),
    "lapsed": (
        ONE,
        False,
        {"open_task a": [{"outcome": "correction"}], "await_supplement a": [{"outcome": "lapsed"}]},
        ["open_task a", "await_supplement a"],
        "lapsed",
        "Approve Decided Ended",
    ),
    "withdrawn": (
        TWO,
        False,
        {"open_task a": [{"outcome": "withdrawn"}], "open_task b": [{"outcome": "withdrawn"}]},
        ["open_task a", "open_task b"],
        "withdrawn",
        "Approve Decided Ended",
    ),
    "not paid": (
        ONE,
        True,
        {"open_task a": [{"outcome": "approve"}], "collect": [{"outcome": "lapsed"}]},
        ["open_task a", "collect"],
        "lapsed",
        "Approve Decided Pay Paid Ended",
    ),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    running = start(tmp_path_factory.mktemp("engine"), free_port(), wait_scale=0.01)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("steps") / "calls.jsonl"
    path.touch()
    return path


@pytest.fixture(scope="module")
def lifecycle(engine: Engine, calls: Path) -> str:
    """Deploy the five machines and the stand-in for the steps; return the lifecycle's ARN."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("app.py", CODE.format(calls=str(calls)))
    role = ":".join(("arn", "aws", "iam", "", "000000000000", "role/x"))
    code = {"ZipFile": packed.getvalue()}
    function = engine.client("lambda").create_function(
        FunctionName="steps", Runtime="python3.11", Role=role, Handler="app.handler", Code=code
    )
    arns: dict[str, str] = {"AWS::Partition": "aws", "StepsArn": function["FunctionArn"]}
    for name in ("approval", "payment", "delivery", "rating", "lifecycle"):
        text = json.dumps(definition(name))
        for known, arn in arns.items():
            text = text.replace(f"${{{known}}}", arn)
        made = engine.client("stepfunctions").create_state_machine(name=name, definition=text, roleArn=role)
        arns[f"{name.capitalize()}Arn"] = made["stateMachineArn"]
    return arns["LifecycleArn"]


def walk(flow: Any, calls: Path, arn: str, answers: dict[str, list[Answer]], case_no: str) -> list[str]:
    """Answer what the steps of a case are asked until the execution ends; return the steps in order of asking."""
    asked, place = [], 0
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        over = (
            flow.describe_execution(executionArn=arn)["status"] != "RUNNING"
        )  # before reading, so that nothing is missed
        lines = calls.read_text().splitlines()
        for line in lines[place:]:
            event = json.loads(line)
            if event["case_no"] != case_no:
                continue
            name = " ".join(filter(None, (event["step"], event.get("department"))))
            asked.append(name)
            if "token" in event:
                flow.send_task_success(taskToken=event["token"], output=json.dumps(answers[name].pop(0)))
        place = len(lines)
        if over:
            return asked
        time.sleep(0.02)
    raise AssertionError(f"still running after {asked}")


@pytest.mark.parametrize("name", ROADS)
def test_every_road_is_walked_to_its_end(engine: Engine, calls: Path, lifecycle: str, name: str) -> None:
    stages, fee, answers, steps, outcome, entered = ROADS[name]
    left = {step: list(given) for step, given in answers.items()}
    flow = engine.client("stepfunctions")
    given = json.dumps({"case_no": name, "stages": stages, "fee": fee})
    arn = flow.start_execution(stateMachineArn=lifecycle, input=given)["executionArn"]
    asked = walk(flow, calls, arn, left, name)
    ended = flow.describe_execution(executionArn=arn)
    assert ended["status"] == "SUCCEEDED", ended
    assert json.loads(ended["output"])["outcome"] == outcome
    assert sorted(asked) == sorted(steps) and not any(left.values())
    history = flow.get_execution_history(executionArn=arn)["events"]
    names = [event["stateEnteredEventDetails"]["name"] for event in history if "stateEnteredEventDetails" in event]
    assert " ".join(names) == entered
