"""Put the template together: what Chalice made of app.py, the parts in `resources/`, the workflows.

A part is CloudFormation (`Parameters`, `Conditions`, `Resources`, `Outputs`) with short forms for what every slice has:

    Tables      Cases: {Key: [hash, range?], Indexes: {name: {Key, Shown?}}, Stream: yes, Expires: attribute, Grants}  → CasesTable
    Queues      Notices: {Properties, Tries, Alarm, Grants}                       → NoticesQueue, NoticesDeadLetters, its alarm
    Functions   Stream: {Memory, Timeout, Properties, Apart: yes, Rounds: yes, Works: {AtOnce},
                        Listens: {Filters, Parallel, Window, DeadLetters, Late, …}}
    Alarms      StreamLate: {Text, Metric: [namespace, name], Of: {dimension: value}, Over, …}
    Environment MATERIALS_BUCKET: value
    Starts      Lifecycle: [functions that may start this workflow]               Wakes: [functions that answer its tokens]
    Lists       [functions that look through the executions of all]
    Grants      - {To: [functions], May: [actions], Of: resource}                 (in a table or queue: of it)
                - {To: every, But: [functions], …}      every function but those, and but those that stand `Apart`

Names of the environment, outputs, one role a function and one a workflow are derived. What is named twice is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from chalicelib import wiring
from handlers.http import SECURE
from infra import shapes, workflows
from infra.packing import ROOT, BuildFailed
from infra.yamls import load

Json = dict[str, Any]
PARTS = ROOT / "infra" / "resources"
ANY_METHOD = "x-amazon-apigateway-any-method"
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
    "Lists",
    "Grants",
)


def parts(folder: Path = PARTS) -> Json:
    """Read every part, one section over all files. Raises BuildFailed naming a section or a name that does not fit."""
    found: Json = {section: [] if section in ("Wakes", "Lists", "Grants") else {} for section in SECTIONS}
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
    work = _Assembly(chalice, part)
    work.stores()
    work.functions()
    work.workflows()
    work.others()
    work.gateway()
    return work.whole()


class _Assembly:
    """A template on its way: `resources` grow, `grants` gather by function, `environment` by name."""

    def __init__(self, chalice: Json, part: Json) -> None:
        self._template, self._part, self.resources = chalice, part, chalice["Resources"]
        named = [name for name, each in self.resources.items() if each["Type"] == "AWS::Serverless::Function"]
        self.grants: dict[str, list[Json]] = {name: [shapes.own_log(name), *shapes.TRACE] for name in named}
        self.environment: Json = dict(part["Environment"])
        self.outputs: Json = {}

    def stores(self) -> None:
        """Tables and queues, who may use them, and their names."""
        for name, table in self._part["Tables"].items():
            self._add({f"{name}Table": shapes.table(table)})
            self.environment[f"{name.upper()}_TABLE"] = {"Ref": f"{name}Table"}
            self._grant(table.get("Grants", ()), shapes.table_arns(f"{name}Table", table), "dynamodb:")
        for name, queue in self._part["Queues"].items():
            self._add(shapes.queue(name, queue))
            self.environment[f"{name.upper()}_QUEUE"] = {"Ref": f"{name}Queue"}
            self._grant(queue.get("Grants", ()), {"Fn::GetAtt": [f"{name}Queue", "Arn"]}, "sqs:")
        self._grant(self._part["Grants"])

    def functions(self) -> None:
        """What Chalice cannot say of a function."""
        for name, each in self._part["Functions"].items():
            if name not in self.grants:
                raise BuildFailed(f"a function {name} is configured, but app.py has none")
            shapes.merge(
                self.resources[name], {"Properties": {**each.get("Properties", {}), "Role": shapes.role_of(name)}}
            )
            if each.get("Rounds"):
                shapes.merge(self.resources[name], {"Properties": {"Events": shapes.rounds(wiring.rounds())}})
            if "Works" in each:
                shapes.works(each["Works"], self.resources[name])
            if "Listens" in each:
                self._add(shapes.listening(name, each["Listens"], self.resources[name]))
                self.grants[name] += shapes.listen(name)

    def workflows(self) -> None:
        """The workflows, who starts them and who answers their tokens; a starter alone knows their names."""
        self._add(workflows.machines(list(self.grants)))
        for machine, starters in self._part["Starts"].items():
            self.outputs[f"{machine}Workflow"] = {"Value": {"Ref": machine}}
            variables = {f"{machine.upper()}_WORKFLOW": {"Ref": machine}}
            for name in starters:
                shapes.merge(self.resources[name], {"Properties": {"Environment": {"Variables": variables}}})
            self._grant([{"To": starters, "May": ["states:StartExecution"], "Of": {"Ref": machine}}])
        every = [{"Ref": name} for name in workflows.names()]
        self._grant([{"To": self._part["Wakes"], "May": ["states:SendTaskSuccess"], "Of": every}])
        self._grant([{"To": self._part["Lists"], "May": ["states:ListExecutions"], "Of": every}])

    def others(self) -> None:
        """Roles, plain resources and more of what Chalice made, alarms."""
        self._add({f"{name}Role": shapes.role("lambda", statements) for name, statements in self.grants.items()})
        for name, each in self._part["Resources"].items():
            if "Type" in each:
                self._add({name: each})
            else:
                shapes.merge(self.resources[name], each)
        self._add({f"{name}Alarm": shapes.alarm(each) for name, each in self._part["Alarms"].items()})
        for each in self.resources.values():
            if (
                each["Type"] == "AWS::Logs::LogGroup"
            ):  # logs outlive the stack (《网络安全法》第21条: six months at least)
                each |= shapes.KEPT

    def gateway(self) -> None:
        """Every method of a path goes to the app, which knows them: the gateway would say that there is no such path. What it
        answers by itself carries the headers of every answer but the one with quotes in it: a fixed value stands in such itself."""
        gateway = self.resources["RestAPI"]["Properties"]
        paths = gateway["DefinitionBody"]["paths"]
        for path, methods in paths.items():
            one = next(iter(methods.values()))
            kept = ("parameters", "responses", "x-amazon-apigateway-integration")
            paths[path] = {ANY_METHOD: {name: one[name] for name in kept if name in one}}
        fixed = {name: f"'{value}'" for name, value in SECURE.items() if "'" not in value}
        for answer in gateway.get("GatewayResponses", {}).values():
            answer["ResponseParameters"]["Headers"] |= fixed

    def whole(self) -> Json:
        """The template, with its parameters, conditions, environment and outputs."""
        made = {
            name: value for name, value in self.environment.items() if value.get("Ref") not in self._part["Parameters"]
        }
        self.outputs |= {shapes.camel(name): {"Value": value} for name, value in made.items()}
        self.outputs |= {name: {"Value": {"Ref": name}} for name in self.resources if name.endswith("DeadLetters")}
        _add(self.outputs, {**self._part["Outputs"], "RestAPIId": self._template["Outputs"]["RestAPIId"]}, "Outputs")
        function = {**shapes.GLOBALS, "Environment": {"Variables": self.environment}}
        shapes.merge(self._template, {"Globals": {"Function": function}})
        self._template |= {name: self._part[name] for name in ("Parameters", "Conditions")} | {"Outputs": self.outputs}
        found: Json = json.loads(json.dumps(self._template))  # what YAML aliases shared becomes separate
        return found

    def _granted(self, each: Json) -> list[str]:
        """The functions a grant is to. Raises BuildFailed for one there is not."""
        every, but = each["To"] == "every", each.get("But", [])
        for name in [*([] if every else each["To"]), *but]:
            if name not in self.grants:
                raise BuildFailed(f"a grant names {name}, but app.py has no such function")
        apart = {name for name, function in self._part["Functions"].items() if function.get("Apart")}
        return [name for name in self.grants if name not in {*but, *apart}] if every else list(each["To"])

    def _add(self, more: Json) -> None:
        _add(self.resources, more, "Resources")

    def _grant(self, asked: Iterable[Json], of: Any = None, service: str = "") -> None:
        for each in asked:
            actions = [action if ":" in action else f"{service}{action}" for action in each["May"]]
            if bad := [action for action in actions if not re.fullmatch(r"[a-z0-9]+:[A-Za-z]+", action)]:
                raise BuildFailed(f"no action of a service: {', '.join(bad)}")
            for name in self._granted(each):
                self.grants[name].append({"Effect": "Allow", "Action": actions, "Resource": each.get("Of", of)})


def _add(to: Json, more: Json, where: str) -> None:
    if twice := set(to) & set(more):
        raise BuildFailed(f"{where}: given twice: {', '.join(sorted(twice))}")
    to.update(more)
