"""The workflows run for real on the embedded engine, with a Lambda that only writes down what it is asked."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infra.workflows import definition, names
from tools.engine import Engine, free_port, start

pytestmark = pytest.mark.slow
PATIENCE = 60.0
CODE = """
import json
def handler(event, context):
    with open({calls!r}, "a") as sink:
        sink.write(json.dumps(event) + "\\n")
    return None
"""
ONE = [{"id": "s1", "departments": ["a"]}]
TWO = [{"id": "s1", "departments": ["a", "b"]}, {"id": "s2", "departments": ["c"]}]
Answer = dict[str, Any]

# The engine tells of no state inside a Map.
# workflow, stages, answers by step and department (in order of asking), steps asked, outcome, states entered
Road = tuple[str, list[dict[str, Any]], dict[str, list[Answer]], list[str], str | None, str]
ROADS: dict[str, Road] = {
    "simplest": (
        "approval",
        ONE,
        {"open_task a": [{"outcome": "approve"}]},
        ["open_task a"],
        "granted",
        "Stage Decided Done",
    ),
    "parallel, then one": (
        "approval",
        TWO,
        {
            "open_task a": [{"outcome": "approve"}],
            "open_task b": [{"outcome": "approve"}],
            "open_task c": [{"outcome": "approve"}],
        },
        ["open_task a", "open_task b", "open_task c"],
        "granted",
        "Stage Decided Stage Decided Done",
    ),
    "denied while another reviews": (
        "approval",
        TWO,
        {"open_task a": [{"outcome": "reject"}], "open_task b": [{"outcome": "superseded"}]},
        ["open_task a", "open_task b"],
        "denied",
        "Stage Decided Done",
    ),
    "forwarded to a higher organ": (
        "approval",
        ONE,
        {"open_task a": [{"outcome": "transferred"}]},
        ["open_task a"],
        "transferred",
        "Stage Decided Done",
    ),
    "not accepted": (
        "approval",
        TWO[1:] + ONE,
        {"open_task c": [{"outcome": "reject", "result": "not_accepted"}]},
        ["open_task c"],
        "not_accepted",
        "Stage Decided Done",
    ),
    "lapsed": (
        "approval",
        ONE,
        {"open_task a": [{"outcome": "lapsed"}]},
        ["open_task a"],
        "lapsed",
        "Stage Decided Done",
    ),
    "withdrawn": (
        "approval",
        TWO,
        {"open_task a": [{"outcome": "withdrawn"}], "open_task b": [{"outcome": "withdrawn"}]},
        ["open_task a", "open_task b"],
        "withdrawn",
        "Stage Decided Done",
    ),
    "paid": ("payment", [], {"collect": [{"outcome": "paid"}]}, ["collect"], "paid", "Collect"),
    "not paid": ("payment", [], {"collect": [{"outcome": "lapsed"}]}, ["collect"], "lapsed", "Collect"),
    "delivered": ("delivery", [], {"deliver": [{"outcome": "delivered"}]}, ["deliver"], "delivered", "Deliver"),
    "invited": ("rating", [], {}, ["invite"], None, "Invite"),
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
def arns(engine: Engine, calls: Path) -> dict[str, str]:
    """Deploy the workflows and the stand-in for their steps; return the ARN of each by name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("app.py", CODE.format(calls=str(calls)))
    role = ":".join(("arn", "aws", "iam", "", "000000000000", "role/x"))
    code = {"ZipFile": packed.getvalue()}
    function = engine.client("lambda").create_function(
        FunctionName="steps", Runtime="python3.11", Role=role, Handler="app.handler", Code=code
    )
    found = {}
    for name in names().values():
        text = json.dumps(definition(name)).replace("${AWS::Partition}", "aws")
        text = text.replace("${StepsArn}", function["FunctionArn"])
        made = engine.client("stepfunctions").create_state_machine(name=name, definition=text, roleArn=role)
        found[name] = made["stateMachineArn"]
    return found


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
def test_every_road_is_walked_to_its_end(engine: Engine, calls: Path, arns: dict[str, str], name: str) -> None:
    workflow, stages, answers, steps, outcome, entered = ROADS[name]
    left = {step: list(given) for step, given in answers.items()}
    flow = engine.client("stepfunctions")
    given = json.dumps({"case_no": name, "stages": stages})
    arn = flow.start_execution(stateMachineArn=arns[workflow], input=given)["executionArn"]
    asked = walk(flow, calls, arn, left, name)
    ended = flow.describe_execution(executionArn=arn)
    assert ended["status"] == "SUCCEEDED", ended
    assert (json.loads(ended["output"]) or {}).get("outcome") == outcome
    assert sorted(asked) == sorted(steps) and not any(left.values())
    history = flow.get_execution_history(executionArn=arn)["events"]
    told = [event["stateEnteredEventDetails"]["name"] for event in history if "stateEnteredEventDetails" in event]
    assert " ".join(told) == entered


@pytest.mark.parametrize("word", [{"outcome": "approved"}, {"outcome": "next"}, {}])
def test_a_word_nobody_knows_passes_no_stage(engine: Engine, calls: Path, arns: dict[str, str], word: Answer) -> None:
    case_no = f"unknown {word}"
    flow = engine.client("stepfunctions")
    given = json.dumps({"case_no": case_no, "stages": TWO})
    arn = flow.start_execution(stateMachineArn=arns["approval"], input=given)["executionArn"]
    asked = walk(flow, calls, arn, {"open_task a": [{"outcome": "approve"}], "open_task b": [word]}, case_no)
    ended = flow.describe_execution(executionArn=arn)
    assert (ended["status"], ended["error"]) == ("FAILED", "UnknownOutcome")
    assert sorted(asked) == ["open_task a", "open_task b"]
