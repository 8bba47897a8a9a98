"""The state machines: one file each in `workflows/`, the definition as CloudFormation takes it, a role with what it calls.

A definition may name `${<Function>Arn}`, `${<Workflow>Arn}`, CloudFormation's own `${AWS::…}`, and `${period.<NAME>}`: the seconds
of one of `chalicelib.vocabulary.periods`.
"""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

from chalicelib.vocabulary import periods
from infra import shapes
from infra.packing import ROOT, BuildFailed
from infra.yamls import load

FOLDER = ROOT / "infra" / "workflows"
Json = dict[str, Any]
_PERIOD = re.compile(r'"\$\{period\.([A-Z_]+)\}"')
DELIVER_LOGS: Json = {  # log delivery takes no resource
    "Effect": "Allow",
    "Action": [
        "logs:CreateLogDelivery",
        "logs:GetLogDelivery",
        "logs:UpdateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:DescribeResourcePolicies",
        "logs:DescribeLogGroups",
    ],
    "Resource": "*",
}


def names() -> dict[str, str]:
    """Return logical name → file stem of every workflow."""
    return {
        stem.title().replace("-", ""): stem for stem in sorted(path.name[:-9] for path in FOLDER.glob("*.asl.yaml"))
    }


def definition(stem: str) -> Json:
    """Return a workflow's definition as JSON with its periods filled in. Raises BuildFailed for a period there is not."""
    text = json.dumps(load(FOLDER / f"{stem}.asl.yaml"), ensure_ascii=False, sort_keys=True)
    machine: Json = json.loads(_PERIOD.sub(lambda found: _seconds(found[1]), text))
    return machine


def _seconds(name: str) -> str:
    period = getattr(periods, name, None)
    if not isinstance(period, timedelta):
        raise BuildFailed(f"no period {name} in chalicelib/vocabulary/periods.py")
    return str(int(period.total_seconds()))


def machines(functions: list[str]) -> Json:
    """Return every workflow with its role. Raises BuildFailed for a definition that names what is not there."""
    known: Json = {f"{name}Arn": {"Fn::GetAtt": [name, "Arn"]} for name in functions}
    known |= {f"{name}Arn": {"Ref": name} for name in names()}
    made: Json = {}
    for name, stem in names().items():
        text = json.dumps(definition(stem), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        used = sorted({found for found in re.findall(r"\$\{([^}]+)\}", text) if not found.startswith("AWS::")})
        if strange := set(used) - set(known):
            raise BuildFailed(
                f"{stem}.asl.yaml names {', '.join(sorted(strange))}; known are {', '.join(sorted(known))}"
            )
        made[name] = {
            "Type": "AWS::StepFunctions::StateMachine",
            "Properties": {
                "StateMachineType": "STANDARD",
                "RoleArn": shapes.role_of(name),
                "DefinitionString": {"Fn::Sub": [text, {each: known[each] for each in used}]}
                if used
                else {"Fn::Sub": text},
                "LoggingConfiguration": {
                    "Level": "ERROR",
                    "IncludeExecutionData": False,
                    "Destinations": [
                        {"CloudWatchLogsLogGroup": {"LogGroupArn": {"Fn::GetAtt": ["WorkflowsLog", "Arn"]}}}
                    ],
                },
                "TracingConfiguration": {"Enabled": {"Fn::If": ["TracingOn", True, False]}},
            },
        }
        made[f"{name}Role"] = shapes.role("states", [DELIVER_LOGS, *shapes.TRACE, *_calls(used, known)])
    return made


def _calls(used: list[str], known: Json) -> list[Json]:
    """What a workflow may call: the functions it invokes, the workflows it starts and waits for."""
    invoked = [known[each] for each in used if "Fn::GetAtt" in known[each]]
    started = [known[each] for each in used if "Ref" in known[each]]
    statements: list[Json] = []
    if invoked:
        statements.append({"Effect": "Allow", "Action": ["lambda:InvokeFunction"], "Resource": invoked})
    if started:
        runs = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:execution:"
        rule = "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule"
        executions = [{"Fn::Sub": f"{runs}${{{each['Ref']}.Name}}:*"} for each in started]
        watching = [
            "events:PutTargets",
            "events:PutRule",
            "events:DescribeRule",
        ]  # how .sync learns that a child has ended
        statements += [
            {"Effect": "Allow", "Action": ["states:StartExecution"], "Resource": started},
            {"Effect": "Allow", "Action": ["states:DescribeExecution", "states:StopExecution"], "Resource": executions},
            {"Effect": "Allow", "Action": watching, "Resource": {"Fn::Sub": rule}},
        ]
    return statements
