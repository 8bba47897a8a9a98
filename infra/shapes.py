"""The shapes every slice's resources have: one table like the other, every queue with dead letters that ring, roles, alarms."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]
KEPT = {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}
"""Nothing with data in it is deleted with the stack."""
DEAD_LETTERS = {"SqsManagedSseEnabled": True, "MessageRetentionPeriod": 14 * 24 * 3600}
TRACE: list[Json] = [  # X-Ray takes no resource
    {
        "Effect": "Allow",
        "Action": [
            "xray:PutTraceSegments",
            "xray:PutTelemetryRecords",
            "xray:GetSamplingRules",
            "xray:GetSamplingTargets",
        ],
        "Resource": "*",
    }
]
GLOBALS: Json = {"Tracing": {"Fn::If": ["TracingOn", "Active", "PassThrough"]}}


def camel(name: str) -> str:
    """`DATA_KEY` → `DataKey`."""
    return "".join(word.capitalize() for word in name.split("_"))


def snake(name: str) -> str:
    """`APIHandler` → `api_handler`: a logical name → the name of the function in app.py, or of a variable in lower case."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def merge(into: Json, more: Json) -> None:
    """Lay more over what is there, deeply."""
    for name, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(name), dict):
            merge(into[name], value)
        else:
            into[name] = value


def table(given: Json) -> Json:
    """A table: on demand, sealed, recoverable to the second, protected; every key attribute is a text."""
    indexes = [
        {"IndexName": name, "KeySchema": _keys(each["Key"]), "Projection": _shown(each.get("Shown"))}
        for name, each in given.get("Indexes", {}).items()
    ]
    attributes = dict.fromkeys(
        [*given["Key"], *(key for each in given.get("Indexes", {}).values() for key in each["Key"])]
    )
    properties: Json = {
        "BillingMode": "PAY_PER_REQUEST",
        "DeletionProtectionEnabled": True,
        "KeySchema": _keys(given["Key"]),
        "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name in attributes],
        "SSESpecification": {"SSEEnabled": True},
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
    }
    properties |= {"GlobalSecondaryIndexes": indexes} if indexes else {}
    properties |= {"StreamSpecification": {"StreamViewType": "NEW_AND_OLD_IMAGES"}} if given.get("Stream") else {}
    if "Expires" in given:
        properties["TimeToLiveSpecification"] = {"AttributeName": given["Expires"], "Enabled": True}
    return {"Type": "AWS::DynamoDB::Table", **KEPT, "Properties": properties}


def table_arns(name: str, given: Json) -> Any:
    """What a grant on a table is for: the table, and its indexes where it has some."""
    arn = {"Fn::GetAtt": [name, "Arn"]}
    return [arn, {"Fn::Sub": f"${{{name}.Arn}}/index/*"}] if given.get("Indexes") else arn


def _keys(names: list[str]) -> list[Json]:
    return [{"AttributeName": name, "KeyType": kind} for name, kind in zip(names, ("HASH", "RANGE"), strict=False)]


def _shown(attributes: list[str] | None) -> Json:
    return (
        {"ProjectionType": "INCLUDE", "NonKeyAttributes": attributes} if attributes else {"ProjectionType": "KEYS_ONLY"}
    )


def queue(name: str, given: Json) -> Json:
    """A queue and its dead letters, which ring."""
    redrive = {"deadLetterTargetArn": {"Fn::GetAtt": [f"{name}DeadLetters", "Arn"]}, "maxReceiveCount": given["Tries"]}
    properties = {"SqsManagedSseEnabled": True, **given.get("Properties", {}), "RedrivePolicy": redrive}
    return {f"{name}Queue": {"Type": "AWS::SQS::Queue", "Properties": properties}} | dead_letters(name, given["Alarm"])


def dead_letters(name: str, text: str) -> Json:
    """A queue of what could not be done in the end, kept for 14 days, and the alarm that says so."""
    visible = {
        "Text": text,
        "Metric": ["AWS/SQS", "ApproximateNumberOfMessagesVisible"],
        "Of": {"QueueName": {"Fn::GetAtt": [f"{name}DeadLetters", "QueueName"]}},
    }
    return {
        f"{name}DeadLetters": {"Type": "AWS::SQS::Queue", "Properties": DEAD_LETTERS},
        f"{name}DeadLettersAlarm": alarm(visible),
    }


def listening(name: str, given: Json, function: Json) -> Json:
    """Let a function listen to a table's stream by itself: its own filter, retries, place for failures, and alarms."""
    (source,) = function["Properties"]["Events"].values()
    filters = [{"Pattern": json.dumps(pattern, separators=(",", ":"))} for pattern in given["Filters"]]
    source["Properties"] |= {
        "FilterCriteria": {"Filters": filters},
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "BisectBatchOnFunctionError": given.get("Bisect", True),
        "MaximumRetryAttempts": 100,
        "MaximumRecordAgeInSeconds": 6 * 3600,  # of trying, then the record's place goes to the queue
        "MaximumBatchingWindowInSeconds": given.get("Window", 0),
        "ParallelizationFactor": given.get("Parallel", 1),  # order is kept within one key
        "DestinationConfig": {
            "OnFailure": {"Type": "SQS", "Destination": {"Fn::GetAtt": [f"{name}DeadLetters", "Arn"]}}
        },
    }
    late = {
        "Text": given["Late"],
        "Metric": ["AWS/Lambda", "IteratorAge"],
        "Of": {"FunctionName": {"Ref": name}},
        "Times": 5,
        "Over": 300_000,  # milliseconds
    }
    return dead_letters(name, given["DeadLetters"]) | {f"{name}LateAlarm": alarm(late)}


def works(given: Json, function: Json) -> None:
    """Let a function work off its queue (which, and how many messages at once, its code says): each message that fails comes again by
    itself, and so many of the function run at the same time at most."""
    (source,) = function["Properties"]["Events"].values()
    source["Properties"] |= {
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "ScalingConfig": {"MaximumConcurrency": given["AtOnce"]},
    }


def rounds(names: Iterable[str]) -> Json:
    """Let a function do each round of the clock once a minute, in an invocation of its own."""
    return {
        f"{camel(name)}Round": {
            "Type": "Schedule",
            "Properties": {"Schedule": "rate(1 minute)", "Input": json.dumps({"round": name})},
        }
        for name in names
    }


def listen(name: str) -> list[Json]:
    """What a function that listens may do."""
    return [
        {
            "Effect": "Allow",
            "Action": ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
            "Resource": {"Fn::GetAtt": ["CasesTable", "StreamArn"]},
        },
        {"Effect": "Allow", "Action": ["dynamodb:ListStreams"], "Resource": "*"},  # takes no other resource
        {"Effect": "Allow", "Action": ["sqs:SendMessage"], "Resource": {"Fn::GetAtt": [f"{name}DeadLetters", "Arn"]}},
    ]


def alarm(given: Json) -> Json:
    """An alarm that tells the people on call: over a threshold (0 unless said), once (`Times`), within `Period` seconds."""
    namespace, metric = given["Metric"]
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmDescription": given["Text"],
            "Namespace": namespace,
            "MetricName": metric,
            "Dimensions": [{"Name": name, "Value": value} for name, value in given["Of"].items()],
            "Statistic": given.get("Statistic", "Maximum"),
            "Period": given.get("Period", 60),
            "EvaluationPeriods": given.get("Times", 1),
            "Threshold": given.get("Over", 0),
            "ComparisonOperator": "GreaterThanThreshold",
            "TreatMissingData": "notBreaching",
            "AlarmActions": [{"Ref": "Alarms"}],
        },
    }


def role_of(name: str) -> Json:
    """The role of a function."""
    return {"Fn::GetAtt": [f"{name}Role", "Arn"]}


def role(service: str, statements: list[Json]) -> Json:
    """A role that one service takes on, with only what its code calls. The principal is the same in every partition."""
    trust = {"Effect": "Allow", "Principal": {"Service": f"{service}.amazonaws.com"}, "Action": "sts:AssumeRole"}
    policy = {"Version": "2012-10-17", "Statement": statements}
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [trust]},
            "Policies": [{"PolicyName": "own", "PolicyDocument": policy}],
        },
    }


def own_log(name: str) -> Json:
    """Writing to its own log, which is there already."""
    group = (
        "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/${AWS::StackName}-"
        + name
        + "-*"
    )
    return {"Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": {"Fn::Sub": group}}
