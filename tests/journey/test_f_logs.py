"""After all the journeys before: no log holds a person or a trace."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import boto3

from tests.journey.city import City
from tests.journey.hostile.kit import NAME, PHONE, STRANGER

PAGE = 10_000  # events CloudWatch Logs gives at once


def events(logs: Any, group: str) -> Iterator[str]:
    """Read every line of a log group; the engine gives no token of a next page, so we go on from the last line's time."""
    since = 0
    while True:
        page = logs.filter_log_events(logGroupName=group, startTime=since, limit=PAGE)["events"]
        yield from (event["message"] for event in page)
        if len(page) < PAGE:
            return
        since = page[-1]["timestamp"]


def test_no_log_holds_a_person_or_a_trace(city: City) -> None:
    aws = city.endpoints["aws"]
    logs = boto3.client(
        "logs",
        endpoint_url=aws["endpoint_url"],
        region_name=aws["region"],
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    personal = re.compile(f"{PHONE}|{STRANGER}|510104193608150010|{NAME}")
    seen = 0
    for group in logs.describe_log_groups()["logGroups"]:
        for line in events(logs, group["logGroupName"]):
            seen += 1
            assert not personal.search(line), line[:300]
            assert "Traceback" not in line or "APIHandler" not in group["logGroupName"], line[:300]
    assert seen
