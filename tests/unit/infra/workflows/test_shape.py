"""The workflows as written: few states, known steps, one rule for retries, nothing the engine or a partition cannot take."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest

from chalicelib import wiring
from chalicelib.vocabulary.events import EVENTS, Work
from infra.workflows import FOLDER, definition, names

NAMES = tuple(names().values())
MACHINES: dict[str, dict[str, Any]] = {name: definition(name) for name in NAMES}
RETRY = {
    "ErrorEquals": ["States.TaskFailed"],
    "IntervalSeconds": 2,
    "BackoffRate": 3.0,
    "MaxAttempts": 8,
    "MaxDelaySeconds": 900,
    "JitterStrategy": "FULL",
}
BUDGET = 8  # transitions of the simplest service, receipt to rating (docs/architecture.md §8 Budgets)


def states(machine: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Yield (name, state, the states beside it), those inside a Map too."""
    for name, state in machine["States"].items():
        yield name, state, machine["States"]
        if "ItemProcessor" in state:
            yield from states(state["ItemProcessor"])


ALL = [(f"{machine}.{name}", state, beside) for machine in NAMES for name, state, beside in states(MACHINES[machine])]


def nexts(state: dict[str, Any]) -> set[str]:
    found = {state[key] for key in ("Next", "Default") if key in state}
    return found | {each["Next"] for key in ("Choices", "Catch") for each in state.get(key, ())}


@pytest.mark.parametrize(("name", "state", "beside"), ALL, ids=[each[0] for each in ALL])
def test_every_state_leads_somewhere_and_retries_by_the_one_rule(
    name: str, state: dict[str, Any], beside: dict[str, Any]
) -> None:
    assert nexts(state) <= set(beside)
    assert nexts(state) or state.get("End") or state["Type"] in ("Succeed", "Fail")
    if state["Type"] == "Task":
        assert state["Retry"] == [RETRY]
    assert "HeartbeatSeconds" not in state and "Parameters" not in state and "ResultPath" not in state


def test_jsonata_throughout_and_every_partition() -> None:
    for name in NAMES:
        assert MACHINES[name]["QueryLanguage"] == "JSONata"
        assert "arn:" + "aws:" not in (FOLDER / f"{name}.asl.yaml").read_text("utf-8")


def test_the_steps_called_are_the_steps_there_are() -> None:
    payloads = [state["Arguments"]["Payload"] for _, state, _ in ALL if "Payload" in state.get("Arguments", {})]
    assert {payload["step"] for payload in payloads} == set(wiring.steps())
    for payload in payloads:
        assert ("token" in payload) == (payload["step"] != "invite") and "case_no" in payload


def test_there_is_a_workflow_for_each_work_an_event_begins() -> None:
    assert set(NAMES) == set(get_args(Work)) == {meaning.begins for meaning in EVENTS.values() if meaning.begins}


# What is entered when one department of one stage grants a free service whose result is electronic, and the citizen rates.
SIMPLEST = {
    "approval": ["Stage", "Review", "Decided", "Done"],
    "delivery": ["Deliver"],
    "rating": ["Invite"],
}


def test_the_simplest_service_stays_in_the_budget() -> None:
    assert sum(len(path) for path in SIMPLEST.values()) == 6 <= BUDGET
    for machine, path in SIMPLEST.items():
        known = {name: state for name, state, _ in states(MACHINES[machine])}
        outer = [name for name in path if name in MACHINES[machine]["States"]]
        assert outer[0] == MACHINES[machine]["StartAt"]
        assert all(after in nexts(known[before]) for before, after in pairwise(outer))
        last = known[outer[-1]]
        assert last.get("End") or last["Type"] == "Succeed"


def test_cfn_lint_finds_them_right(tmp_path: Path) -> None:
    names = ("StepsArn",)
    resources = {}
    for name, machine in MACHINES.items():
        # the linter knows one partition only
        text = json.dumps(machine).replace("${AWS::Partition}", "aws")
        properties = {
            "RoleArn": {"Fn::Sub": "arn:${AWS::Partition}:iam::123456789012:role/x"},
            "Definition": json.loads(text),
            "DefinitionSubstitutions": {each: "x" for each in names if f"${{{each}}}" in text},
        }
        resources[name.capitalize()] = {"Type": "AWS::StepFunctions::StateMachine", "Properties": properties}
    template = tmp_path / "template.json"
    template.write_text(json.dumps({"Resources": resources}))
    linter = [str(Path(sys.executable).with_name("cfn-lint")), str(template)]
    done = subprocess.run(linter, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
