"""The template: right for every partition, least privilege, nothing lost, nothing local in it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from app import app
from chalicelib import wiring
from chalicelib.vocabulary.events import Work
from handlers.http import SECURE
from infra import shapes
from infra.build import Built
from infra.packing import ROOT
from infra.pages import headers
from infra.template import parts
from infra.workflows import names

PART = parts()
FUNCTIONS = tuple(PART["Functions"])
WORKFLOWS = tuple(names())
TABLES = tuple(f"{name}Table" for name in PART["Tables"])
LISTENING = tuple(name for name, each in PART["Functions"].items() if "Listens" in each)
WITHOUT_RESOURCE = re.compile(
    r"xray:|dynamodb:ListStreams$|logs:.*(LogDelivery|LogDeliveries|ResourcePolic|DescribeLogGroups)"
)
"""Actions that take no resource but `*` (AWS service authorization reference)."""


def of(resources: dict[str, Any], kind: str) -> dict[str, Any]:
    return {name: each["Properties"] for name, each in resources.items() if each["Type"] == kind}


def statements(resources: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, role in of(resources, "AWS::IAM::Role").items():
        for policy in role["Policies"]:
            for statement in policy["PolicyDocument"]["Statement"]:
                yield name, statement


def actions(resources: dict[str, Any], role: str) -> set[str]:
    found: set[str] = set()
    for name, statement in statements(resources):
        given = statement["Action"]
        found |= set() if name != role else {given} if isinstance(given, str) else set(given)
    return found


def test_names_no_partition(built: Built) -> None:
    text = built.template.read_text("utf-8")
    assert "arn:aws:" not in text
    assert "arn:aws-cn:" not in text
    hosts = set(re.findall(r'"([^"]*amazonaws\.com[^"]*)"', text))
    assert hosts == {
        "apigateway.amazonaws.com",
        "cloudfront.amazonaws.com",
        "events.amazonaws.com",
        "lambda.amazonaws.com",
        "states.amazonaws.com",
    }


@pytest.mark.parametrize("region", ["cn-north-1", "cn-northwest-1", "ap-southeast-1"])
def test_lints(built: Built, region: str) -> None:
    tool = Path(sys.executable).with_name("cfn-lint")
    done = subprocess.run(
        [tool, "--regions", region, "--", built.template], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_function_has_a_role_of_its_own(resources: dict[str, Any]) -> None:
    functions = of(resources, "AWS::Serverless::Function")
    assert set(functions) == set(FUNCTIONS)
    roles = {name: function["Role"]["Fn::GetAtt"][0] for name, function in functions.items()}
    assert roles == {name: f"{name}Role" for name in FUNCTIONS}


def test_no_wildcards(resources: dict[str, Any]) -> None:
    for role, statement in statements(resources):
        asked = [statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"]
        assert not any("*" in action for action in asked), (role, asked)
        if statement["Resource"] == "*":
            assert all(WITHOUT_RESOURCE.match(action) for action in asked), (role, asked)


def test_who_may_what(resources: dict[str, Any]) -> None:
    may = {name: actions(resources, f"{name}Role") for name in FUNCTIONS}
    for workflow, starters in PART["Starts"].items():  # nobody starts what is not his to start
        starting = {
            role.removesuffix("Role")
            for role, each in statements(resources)
            if each["Action"] == ["states:StartExecution"] and each["Resource"] == {"Ref": workflow}
        }
        assert starting == set(starters)
        assert starting == {"Stream", "Outbox", "Clock", "Restarts"}
    assert {name for name in FUNCTIONS if "states:SendTaskSuccess" in may[name]} == {"Stream", "Outbox", "Clock"}
    assert not any(
        "secretsmanager" in each or "kms" in each for each in may["Figures"]
    )  # figures read nothing personal
    assert {name for name in FUNCTIONS if "s3:PutObject" in may[name]} == {"APIHandler", "Documents"}
    assert not any("dynamodb:Scan" in each or "dynamodb:DeleteTable" in each for each in may.values())
    audit = [s for _, s in statements(resources) if s["Resource"] == {"Fn::GetAtt": ["AuditTable", "Arn"]}]
    assert audit
    assert all(set(s["Action"]) <= {"dynamodb:PutItem", "dynamodb:Query"} for s in audit)  # nobody changes the record


def asked() -> dict[str, set[str]]:
    """Which variables the product reads, by where: `config.table("cases")` → CASES_TABLE."""
    found: dict[str, set[str]] = {}
    for folder in ("chalicelib", "parties", "channels", "handlers"):
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text("utf-8")
            kinds = re.findall(r'(?:config\.)?\b(table|queue|bucket|workflow)\("(\w+)"\)', text)
            variables = {f"{name}_{kind}".upper() for kind, name in kinds} | set(
                re.findall(r'setting\("(\w+)"\)', text)
            )
            for variable in variables:
                found.setdefault(variable, set()).add(path.stem)
    return found


def test_functions_are_told_what_they_ask(template: dict[str, Any], resources: dict[str, Any]) -> None:
    given = set(template["Globals"]["Function"]["Environment"]["Variables"])
    wanted = set(asked())
    assert {
        "CASES_TABLE",
        "NOTICES_QUEUE",
        "MATERIALS_BUCKET",
        "DATA_KEY",
        "ROOT_SECRET",
    } <= wanted
    assert wanted - {"AWS_REGION"} <= given


def test_who_begins_workflows_knows_them_all(resources: dict[str, Any]) -> None:
    for function in ("Stream", "Outbox", "Clock", "Restarts"):
        told = resources[function]["Properties"]["Environment"]["Variables"]
        assert {f"{work.upper()}_WORKFLOW" for work in get_args(Work)} <= set(told)


def test_each_way_to_fail_is_told_to_be_begun_again_and_rings(resources: dict[str, Any]) -> None:
    for work in get_args(Work):
        name = work.capitalize()
        pattern = resources[f"{name}FailedRule"]["Properties"]["EventPattern"]["detail"]
        assert pattern == {"status": ["FAILED", "TIMED_OUT", "ABORTED"], "stateMachineArn": [{"Ref": name}]}
        for metric in ("ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted"):
            assert resources[f"{name}{metric}Alarm"]["Properties"]["MetricName"] == metric


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_kept(resources: dict[str, Any], name: str) -> None:
    table, properties = resources[name], resources[name]["Properties"]
    assert properties["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert properties["SSESpecification"] == {"SSEEnabled": True}
    assert properties["BillingMode"] == "PAY_PER_REQUEST"
    assert properties["DeletionProtectionEnabled"] is True
    assert table["DeletionPolicy"] == table["UpdateReplacePolicy"] == "Retain"


def test_what_holds_data_outlives_the_stack(resources: dict[str, Any]) -> None:
    kinds = (
        "AWS::DynamoDB::Table",
        "AWS::KMS::Key",
        "AWS::SecretsManager::Secret",
        "AWS::S3::Bucket",
        "AWS::Logs::LogGroup",
    )
    for name, resource in resources.items():
        if resource["Type"] in kinds:
            assert resource.get("DeletionPolicy") == resource.get("UpdateReplacePolicy") == "Retain", name


def test_logs_are_kept_half_a_year_and_more(resources: dict[str, Any]) -> None:
    groups = of(resources, "AWS::Logs::LogGroup")
    assert len(groups) == len(FUNCTIONS) + 1
    assert all(group["RetentionInDays"] >= 183 for group in groups.values())


def test_what_listens_apart_has_a_function_of_its_name() -> None:
    assert {shapes.snake(name) for name in LISTENING} == {"stream", *wiring.apart()}


@pytest.mark.parametrize("name", LISTENING)
def test_listeners_listen_apart_and_nothing_is_lost(resources: dict[str, Any], name: str) -> None:
    assert resources["CasesTable"]["Properties"]["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}
    (source,) = resources[name]["Properties"]["Events"].values()
    properties = source["Properties"]
    assert properties["Stream"] == {"Fn::GetAtt": ["CasesTable", "StreamArn"]}
    assert properties["StartingPosition"] == "TRIM_HORIZON"
    assert properties["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert properties["BisectBatchOnFunctionError"] is (name != "Figures"), (
        "a batch of figures counts once by what is in it"
    )
    assert 0 < properties["MaximumRetryAttempts"] < 10000
    assert properties["DestinationConfig"]["OnFailure"]["Destination"] == {"Fn::GetAtt": [f"{name}DeadLetters", "Arn"]}
    patterns = [json.loads(each["Pattern"]) for each in properties["FilterCriteria"]["Filters"]]
    assert all("NewImage" in pattern["dynamodb"] for pattern in patterns)


def test_the_app_hears_every_method_of_a_path(resources: dict[str, Any]) -> None:
    paths = resources["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    assert set(paths) == set(app.routes)
    for methods in paths.values():
        (every,) = methods
        assert every == "x-amazon-apigateway-any-method"
        assert methods[every]["x-amazon-apigateway-integration"]["type"] == "aws_proxy"


def test_gateway_is_regional(resources: dict[str, Any]) -> None:
    assert resources["RestAPI"]["Properties"]["EndpointConfiguration"] == "REGIONAL"


def test_gateway_speaks_problem_documents(resources: dict[str, Any]) -> None:
    for name, answer in resources["RestAPI"]["Properties"]["GatewayResponses"].items():
        body = json.loads(answer["ResponseTemplates"]["application/json"])
        assert {"type", "title", "status", "code", "detail"} <= set(body), name
        assert body["status"] == answer.get("StatusCode", 503)


def test_pages_and_gateway_send_what_the_api_does(resources: dict[str, Any]) -> None:
    fixed = {name: f"'{value}'" for name, value in SECURE.items() if "'" not in value}
    for answer in resources["RestAPI"]["Properties"]["GatewayResponses"].values():
        assert fixed.items() <= answer["ResponseParameters"]["Headers"].items()
    pages = headers("https://files")
    assert pages["Strict-Transport-Security"] == SECURE["Strict-Transport-Security"]
    assert set(pages) == set(SECURE) - {"Cache-Control"}
    behaviour = resources["Distribution"]["Properties"]["DistributionConfig"]["DefaultCacheBehavior"]
    assert behaviour["ResponseHeadersPolicyId"] == {"Ref": "PagesHeaders"}


def test_key_turns_and_bucket_is_private(resources: dict[str, Any]) -> None:
    assert resources["DataKey"]["Properties"]["EnableKeyRotation"] is True
    bucket = resources["MaterialsBucket"]["Properties"]
    assert all(bucket["PublicAccessBlockConfiguration"].values())
    (rule,) = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "aws:kms"


def test_a_version_that_a_case_holds_is_never_thrown_away(resources: dict[str, Any]) -> None:
    bucket = resources["MaterialsBucket"]["Properties"]
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    assert not re.search(r"Expir|NoncurrentVersion", json.dumps(bucket["LifecycleConfiguration"]))


def test_files_are_posted_by_our_page_alone(resources: dict[str, Any]) -> None:
    (rule,) = resources["MaterialsBucket"]["Properties"]["CorsConfiguration"]["CorsRules"]
    assert rule["AllowedOrigins"] == [{"Ref": "PublicUrl"}] and set(rule["AllowedMethods"]) == {"POST", "GET"}


def test_secrets_are_not_in_the_template(resources: dict[str, Any]) -> None:
    assert "SecretString" not in resources["RootSecret"]["Properties"]
    assert resources["PartiesSecret"]["Properties"]["SecretString"] == "{}"


def test_nothing_local_in_it(built: Built, resources: dict[str, Any]) -> None:
    text = built.template.read_text("utf-8")
    assert not re.search(r"sandbox|127\.0\.0\.1|localhost|ministack", text, re.IGNORECASE)
    assert not any("sandbox" in path for path in json.dumps(resources["RestAPI"]).split('"'))


@pytest.mark.parametrize("name", WORKFLOWS)
def test_workflows(resources: dict[str, Any], name: str) -> None:
    from statelint.linter import Linter

    properties = resources[name]["Properties"]
    filled = properties["DefinitionString"]["Fn::Sub"]
    text, names = filled if isinstance(filled, list) else (filled, {})
    machine = json.loads(text)
    assert machine["QueryLanguage"] == "JSONata"
    assert properties["LoggingConfiguration"]["IncludeExecutionData"] is False
    assert set(re.findall(r"\$\{(?!AWS::)([^}]+)\}", text)) == set(names)
    # statelint asks a plain RFC 3339 text of `Timestamp`; the language takes a JSONata expression there as well
    problems = [each for each in Linter.validate(machine) if 'Timestamp is "{%' not in each]
    assert not problems, problems


def test_each_round_of_the_clock_strikes_by_itself(resources: dict[str, Any]) -> None:
    events = resources["Clock"]["Properties"]["Events"].values()
    assert {json.loads(each["Properties"]["Input"])["round"] for each in events} == set(wiring.rounds())
    assert {each["Properties"]["Schedule"] for each in events} == {"rate(1 minute)"}
