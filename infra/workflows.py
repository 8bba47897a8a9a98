"""The state machines: one file each in `workflows/`, the definition as CloudFormation takes it, a role with what it calls.

A definition may name `${<Function>Arn}` and CloudFormation's own `${AWS::…}`. No workflow keeps time: what ends by itself is a due
date in a row.
"""

from __future__ import annotations

import json
import re
from typing import Any

from infra import shapes
from infra.packing import ROOT, BuildFailed
from infra.yamls import load

FOLDER = ROOT / "infra" / "workflows"
Json = dict[str, Any]
FAILED = {"FAILED": "ExecutionsFailed", "TIMED_OUT": "ExecutionsTimedOut", "ABORTED": "ExecutionsAborted"}
"""How an execution ends that did not succeed, and the metric that counts it."""
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
    """Return a workflow's definition."""
    found: Json = load(FOLDER / f"{stem}.asl.yaml")
    return found


def machines(functions: list[str]) -> Json:
    """Return every workflow with its role. Raises BuildFailed for a definition that names what is not there."""
    known: Json = {f"{name}Arn": {"Fn::GetAtt": [name, "Arn"]} for name in functions}
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
        made |= _failures(name, stem)
    return made


def _failures(name: str, stem: str) -> Json:
    """What tells of a workflow that failed: a rule that has it begun again, and an alarm for each way to fail."""
    rule: Json = {
        "Type": "AWS::Events::Rule",
        "Properties": {
            "Description": f"Executions of {stem} that failed are begun again",
            "EventPattern": {
                "source": ["aws.states"],
                "detail-type": ["Step Functions Execution Status Change"],
                "detail": {"status": list(FAILED), "stateMachineArn": [{"Ref": name}]},
            },
            "Targets": [
                {
                    "Id": "restarts",
                    "Arn": {"Fn::GetAtt": ["RestartsQueue", "Arn"]},
                    "InputTransformer": {
                        "InputPathsMap": {"name": "$.detail.name"},
                        "InputTemplate": f'{{"work": "{stem}", "name": <name>}}',
                    },
                }
            ],
        },
    }
    made = {f"{name}FailedRule": rule}
    for word, metric in FAILED.items():
        text = f"A workflow ({stem}) ended {word} after all its retries; it is begun again"
        told = {"Text": text, "Metric": ["AWS/States", metric], "Of": {"StateMachineArn": {"Ref": name}}}
        made[f"{name}{metric}Alarm"] = shapes.alarm({**told, "Statistic": "Sum", "Period": 300})
    return made


def _calls(used: list[str], known: Json) -> list[Json]:
    """What a workflow may call: the functions it invokes."""
    invoked = [known[each] for each in used]
    return [{"Effect": "Allow", "Action": ["lambda:InvokeFunction"], "Resource": invoked}] if invoked else []
