"""Put the template together: what Chalice made of app.py, the parts in `resources/`, the workflows.

A part is CloudFormation (`Parameters`, `Conditions`, `Resources`, `Outputs`) with short forms for what every slice has:

    Tables      Cases: {Key: [hash, range?], Indexes: {name: {Key, Shown}}, Stream: yes, Expires: attribute, Grants}  → CasesTable
    Queues      Notices: {Properties, Tries, Alarm, Grants}                       → NoticesQueue, NoticesDeadLetters, its alarm
    Functions   Stream: {Memory, Timeout, Properties, Listens: {Filters, Parallel, DeadLetters, Late}}
    Alarms      StreamLate: {Text, Metric: [namespace, name], Of: {dimension: value}, Over, …}
    Environment MATERIALS_BUCKET: value
    Starts      Lifecycle: [functions that may start this workflow]               Wakes: [functions that answer its tokens]
    Grants      - {To: [functions], May: [actions], Of: resource}                 (in a table or queue: of it)

Names of the environment, outputs, one role a function and one a workflow are derived. What is named twice is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from infra import shapes, workflows
from infra.packing import ROOT, BuildFailed
from infra.yamls import load

Json = dict[str, Any]
PARTS = ROOT / "infra" / "resources"
SECTIONS = (
    "Parameters",
    "Conditions",
    "Resources",
    "Outputs",
    "Tables",
    "Queues",
    "Functions",
    "Alarms",
    "Environment",
    "Starts",
    "Wakes",
    "Grants",
)


def parts(folder: Path = PARTS) -> Json:
    """Read every part, one section over all files. Raises BuildFailed naming a section or a name that does not fit."""
    found: Json = {section: [] if section in ("Wakes", "Grants") else {} for section in SECTIONS}
    for path in sorted(folder.glob("*.yaml")):
        for section, content in load(path).items():
            if section not in found:
                raise BuildFailed(f"{path.name}: no section {section}; known are {', '.join(SECTIONS)}")
            if isinstance(found[section], list):
                found[section] += content
            else:
                _add(found[section], content, f"{path.name}: {section}")
    return found


def functions(part: Json) -> Json:
    """Return what Chalice's configuration says of each function: memory in MB, timeout in seconds."""
    return {
        shapes.snake(name): {"lambda_memory_size": each["Memory"], "lambda_timeout": each["Timeout"]}
        for name, each in part["Functions"].items()
    }


def assemble(chalice: Json, part: Json) -> Json:
    """Return the whole template. Raises BuildFailed for a name given twice, or a grant to a function there is not."""
    resources = chalice["Resources"]
    known = [name for name, each in resources.items() if each["Type"] == "AWS::Serverless::Function"]
    machines = workflows.names()
    grants: dict[str, list[Json]] = {name: [shapes.own_log(name), *shapes.TRACE] for name in known}
    environment: Json = dict(part["Environment"])
    for name, table in part["Tables"].items():
        _add(resources, {f"{name}Table": shapes.table(table)}, name)
        environment[f"{name.upper()}_TABLE"] = {"Ref": f"{name}Table"}
        _grant(grants, table.get("Grants", ()), shapes.table_arns(f"{name}Table", table), "dynamodb:")
    for name, queue in part["Queues"].items():
        _add(resources, shapes.queue(name, queue), name)
        environment[f"{name.upper()}_QUEUE"] = {"Ref": f"{name}Queue"}
        _grant(grants, queue.get("Grants", ()), {"Fn::GetAtt": [f"{name}Queue", "Arn"]}, "sqs:")
    _grant(grants, part["Grants"])
    for name, each in part["Functions"].items():
        if name not in grants:
            raise BuildFailed(f"a function {name} is configured, but app.py has none")
        shapes.merge(resources[name], {"Properties": {**each.get("Properties", {}), "Role": shapes.role_of(name)}})
        if "Listens" in each:
            _add(resources, shapes.listening(name, each["Listens"], resources[name]), name)
            grants[name] += shapes.listen(name)
    made = {name: value for name, value in environment.items() if value.get("Ref") not in part["Parameters"]}
    outputs = {shapes.camel(name): {"Value": value} for name, value in made.items()}
    for machine, starters in part["Starts"].items():
        outputs[f"{machine}Workflow"] = {"Value": {"Ref": machine}}
        for name in starters:
            started = {"Variables": {f"{machine.upper()}_WORKFLOW": {"Ref": machine}}}
            shapes.merge(resources[name], {"Properties": {"Environment": started}})
        _grant(grants, [{"To": starters, "May": ["states:StartExecution"], "Of": {"Ref": machine}}])
    answers = {"To": part["Wakes"], "May": ["states:SendTaskSuccess"], "Of": [{"Ref": name} for name in machines]}
    _grant(grants, [answers])
    _add(resources, {f"{name}Role": shapes.role("lambda", statements) for name, statements in grants.items()}, "roles")
    for name, each in part["Resources"].items():
        if "Type" in each:
            _add(resources, {name: each}, "Resources")
        else:  # more of what Chalice made
            shapes.merge(resources[name], each)
    _add(resources, workflows.machines(known), "workflows")
    _add(resources, {f"{name}Alarm": shapes.alarm(each) for name, each in part["Alarms"].items()}, "Alarms")
    for each in resources.values():
        if each["Type"] == "AWS::Logs::LogGroup":  # logs outlive the stack (《网络安全法》第21条: six months at least)
            each["DeletionPolicy"] = each["UpdateReplacePolicy"] = "Retain"
    _add(outputs, part["Outputs"], "Outputs")
    chalice["Outputs"] = {**outputs, "RestAPIId": chalice["Outputs"]["RestAPIId"]}
    chalice["Parameters"], chalice["Conditions"] = part["Parameters"], part["Conditions"]
    shapes.merge(chalice, {"Globals": {"Function": {**shapes.GLOBALS, "Environment": {"Variables": environment}}}})
    whole: Json = json.loads(json.dumps(chalice))  # what YAML aliases shared becomes separate
    return whole


def _add(to: Json, more: Json, where: str) -> None:
    if twice := set(to) & set(more):
        raise BuildFailed(f"{where}: given twice: {', '.join(sorted(twice))}")
    to.update(more)


def _grant(grants: dict[str, list[Json]], asked: Iterable[Json], of: Any = None, service: str = "") -> None:
    for each in asked:
        actions = [action if ":" in action else f"{service}{action}" for action in each["May"]]
        if bad := [action for action in actions if not re.fullmatch(r"[a-z0-9]+:[A-Za-z]+", action)]:
            raise BuildFailed(f"no action of a service: {', '.join(bad)}")
        for name in each["To"]:
            if name not in grants:
                raise BuildFailed(f"a grant to {name}, but app.py has no such function")
            grants[name].append({"Effect": "Allow", "Action": actions, "Resource": each.get("Of", of)})
